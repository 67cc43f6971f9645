/** A slow machine makes at least these: fewer would prove little. */
const leastRuns = 3;

/**
 * A property's run, which does nothing any more once `milliseconds` have gone by since the first: a busy machine makes fewer
 * runs, but what was begun is ended. fast-check's own limit gives a run up in the middle, which then goes on beside the tests that
 * follow, and calls a property broken whose first run takes longer than it.
 */
export function whileTimeLasts<Given extends unknown[]>(
  milliseconds: number,
  run: (...given: Given) => Promise<void>,
): (...given: Given) => Promise<void> {
  let end: number | undefined;
  let runs = 0;
  return async (...given) => {
    end ??= performance.now() + milliseconds;
    if (runs >= leastRuns && performance.now() > end) return;
    runs++;
    await run(...given);
  };
}
