/** Pure parts of the widget's form. */

/** How well white text reads on a colour: the WCAG 2 contrast, 1 to 21; null when it is not `#rrggbb`. */
export function contrastWithWhite(color: string): number | null {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return null;
  const [red, green, blue] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(color.slice(at, at + 2), 16) / 255),
  );
  return 1.05 / (0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0) + 0.05);
}

/** The least contrast at which text counts as readable. */
export const readableContrast = 4.5;

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

/**
 * Site names out of what a person typed, one per line: a whole address becomes its host, doubles go.
 * `invalid` is the first line that is no site name; null when all are.
 */
export function parseDomains(text: string): { domains: string[]; invalid: string | null } {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const hosts = lines.map(hostOf);
  const wrong = hosts.indexOf(null);
  return {
    domains: [...new Set(hosts.filter((host) => host !== null))],
    invalid: wrong < 0 ? null : (lines[wrong] ?? null),
  };
}

function hostOf(line: string): string | null {
  const wildcard = line.startsWith("*.") ? "*." : "";
  const rest = line.slice(wildcard.length);
  if (/[\s@*]/.test(rest)) return null;
  try {
    const { host, hostname } = new URL(rest.includes("://") ? rest : `https://${rest}`);
    const known = hostname === "localhost" || /^[^.]+(\.[^.]+)+$/.test(hostname);
    return known ? wildcard + host : null;
  } catch {
    return null;
  }
}
