/** Addresses that were typed or pasted, in lines or with commas between them, as "Ada <ada@example.org>" too. */
export function readAddresses(text: string): string[] {
  const found = text
    .split(/[\n,;،]+/)
    .map((part) => /<([^<>]+)>/.exec(part)?.[1] ?? part)
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== "");
  return [...new Set(found)];
}

/** Whether a text looks like an address; whether it is one, the mail will tell. */
export function isAddress(text: string): boolean {
  return /^[^\s@<>()]+@[^\s@<>()]+\.[^\s@.<>()]+$/.test(text);
}
