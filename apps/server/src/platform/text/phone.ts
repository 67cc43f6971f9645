/** A phone number without what people write between its digits, and with + for 00: still as they meant it. */
export function tidyPhone(text: string): string {
  return text.replaceAll(/[\s().\-/]/g, "").replace(/^00/, "+");
}
