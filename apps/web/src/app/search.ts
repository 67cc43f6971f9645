/** Readers of the URL's search part. What is missing or malformed is left out, so links never break a page. */
type Raw = Record<string, unknown>;

/** A non-empty text; a bare number in the URL (`?search=42`) is text too. */
function text<Name extends string>(raw: Raw, name: Name): { [N in Name]?: string };
function text(raw: Raw, name: string): Record<string, string> {
  const value = raw[name];
  if (typeof value === "number") return { [name]: String(value) };
  return typeof value === "string" && value !== "" ? { [name]: value } : {};
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id of a thing. Another text would be refused by the server as no id at all. */
function id<Name extends string>(raw: Raw, name: Name): { [N in Name]?: string };
function id(raw: Raw, name: string): Record<string, string> {
  const value = raw[name];
  return typeof value === "string" && UUID.test(value) ? { [name]: value } : {};
}

/** A whole number from 0. */
function count<Name extends string>(raw: Raw, name: Name): { [N in Name]?: number };
function count(raw: Raw, name: string): Record<string, number> {
  const value = Number(raw[name] ?? Number.NaN);
  return Number.isSafeInteger(value) && value >= 0 ? { [name]: value } : {};
}

/** Present and true, or left out. */
function flag<Name extends string>(raw: Raw, name: Name): { [N in Name]?: true };
function flag(raw: Raw, name: string): Record<string, true> {
  return raw[name] === true || raw[name] === 1 ? { [name]: true } : {};
}

export const searchOf = { text, id, count, flag };
