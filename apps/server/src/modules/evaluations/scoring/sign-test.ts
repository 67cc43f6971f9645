/**
 * How likely it is that as many cases or more moved to one side if each had been as likely to move to either: the
 * exact sign test, both sides. 1 where none moved. A hint, for few cases and for cases that are alike no more than that.
 */
export function signTest(regressions: number, fixes: number): number {
  const moved = regressions + fixes;
  const fewer = Math.min(regressions, fixes);
  let term = 0.5 ** moved;
  if (term === 0) return logSignTest(moved, fewer);
  let sum = term;
  for (let k = 1; k <= fewer; k++) {
    term *= (moved - k + 1) / k;
    sum += term;
  }
  return Math.min(1, 2 * sum);
}

/** The same where a half to so high a power is nothing any more. */
function logSignTest(moved: number, fewer: number): number {
  let log = moved * Math.log(0.5);
  let sum = Math.exp(log);
  for (let k = 1; k <= fewer; k++) {
    log += Math.log(moved - k + 1) - Math.log(k);
    sum += Math.exp(log);
  }
  return Math.min(1, 2 * sum);
}
