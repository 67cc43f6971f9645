import type { SlaPolicy } from "../../../lib/models.ts";

export const severities = ["P0", "P1", "P2", "P3"] as const;
export type Severity = (typeof severities)[number];
export const promises = ["firstResponseMinutes", "resolutionMinutes"] as const;
export type Promised = (typeof promises)[number];

/** What somebody writes into the table, as they write it. */
export type TargetTexts = Record<Severity, Record<Promised, string>>;
type Targets = Record<Severity, Record<Promised, number | null>>;

const mostMinutes = 527_040;

export function textsOf(policy: SlaPolicy | null): TargetTexts {
  const of = (severity: Severity) => ({
    firstResponseMinutes: String(policy?.targets[severity]?.firstResponseMinutes ?? ""),
    resolutionMinutes: String(policy?.targets[severity]?.resolutionMinutes ?? ""),
  });
  return { P0: of("P0"), P1: of("P1"), P2: of("P2"), P3: of("P3") };
}

/** The minutes of the table; null where something in it is none. What is empty is not promised. */
export function targetsOf(texts: TargetTexts): Targets | null {
  const of = (severity: Severity) => ({
    firstResponseMinutes: minutesOf(texts[severity].firstResponseMinutes),
    resolutionMinutes: minutesOf(texts[severity].resolutionMinutes),
  });
  const targets = { P0: of("P0"), P1: of("P1"), P2: of("P2"), P3: of("P3") };
  const isRight = severities.every((severity) => {
    const { firstResponseMinutes: first, resolutionMinutes: whole } = targets[severity];
    const areMinutes = [first, whole].every((one) => one === null || (one >= 1 && one <= mostMinutes));
    return areMinutes && (first === null || whole === null || first <= whole);
  });
  return isRight ? targets : null;
}

/** NaN for what is no whole number. */
function minutesOf(text: string): number | null {
  const written = text.trim();
  if (written === "") return null;
  return /^\d{1,6}$/.test(written) ? Number(written) : Number.NaN;
}
