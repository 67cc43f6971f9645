/** Longer names first: a browser built on another's engine names that one too. */
const browsers: readonly [name: string, mark: RegExp][] = [
  ["Edge", /\bEdgA?(iOS)?\//],
  ["Opera", /\bOPR\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Firefox", /\b(Firefox|FxiOS)\//],
  ["Chrome", /\b(HeadlessChrome|Chrome|CriOS)\//],
  ["Safari", /\bSafari\//],
  ["curl", /^curl\//],
  ["Node.js", /^node\b/i],
];
const systems: readonly [name: string, mark: RegExp][] = [
  ["Android", /\bAndroid\b/],
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Windows", /\bWindows\b/],
  ["macOS", /\bMac OS X\b|\bMacintosh\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["Linux", /\bLinux\b|\bX11\b/],
];

/** The browser and the machine of a User-Agent header, as a person calls them; null for what it does not tell. */
export function deviceOf(userAgent: string | null): { browser: string | null; system: string | null } {
  const text = (userAgent ?? "").slice(0, 1_000);
  const find = (list: typeof browsers) => list.find(([, mark]) => mark.test(text))?.[0] ?? null;
  return { browser: find(browsers), system: find(systems) };
}

/** What a browser calls itself, so that a person knows it again: "Firefox · Windows". Empty for one that says nothing. */
export function deviceName(userAgent: string | null): string {
  return Object.values(deviceOf(userAgent)).filter(Boolean).join(" · ");
}
