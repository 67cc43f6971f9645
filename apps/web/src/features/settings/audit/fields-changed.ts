/** One field of a thing, as text; null where it was not there. */
export interface FieldChange {
  name: string;
  before: string | null;
  after: string | null;
}

type Fields = Readonly<Record<string, unknown>> | null;

/** The fields of an entry that differ, in the order in which they are told; what stayed the same is left out. */
export function fieldsChanged(before: Fields, after: Fields): FieldChange[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map((name) => ({ name, before: readable(before?.[name]), after: readable(after?.[name]) }))
    .filter((change) => change.before !== change.after);
}

/** A text as it is, a list of texts in one line, anything else as indented JSON. */
function readable(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ");
  return JSON.stringify(value, null, 2);
}
