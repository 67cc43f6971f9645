/** Names under which secrets travel, in any case and with `-` or `_`. */
const secretNames =
  /^(.*password|.*apikey|.*token|.*secret|authorization|(set)?cookie|signature|privatekey|masterkey)$/;
const isSecret = (name: string) => secretNames.test(name.toLowerCase().replaceAll(/[-_]/g, ""));

const maxDepth = 8;
const maxItems = 100;

/**
 * A value as it may stand in a log line: secrets are `[redacted]` however deep they are, errors keep
 * message, code, stack and cause, and what is too deep, too long or circular is cut.
 */
export function loggable(value: unknown, depth = 0, above: readonly object[] = []): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (above.includes(value)) return "[circular]";
  if (depth >= maxDepth) return "[too deep]";
  const inside = (item: unknown) => loggable(item, depth + 1, [...above, value]);
  if (value instanceof Error) return inside(plainError(value));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[no date]" : value.toISOString();
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, maxItems).map(inside);
  if (value instanceof Map || value instanceof Set) return inside([...value]);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isSecret(name) ? "[redacted]" : inside(item)]),
  );
}

/**
 * An error's message and stack are no own enumerable properties. Drizzle puts a failed statement's
 * parameters, which are people's data, into its message and beside it: they stay out.
 */
function plainError(error: Error): Record<string, unknown> {
  const { stack, cause } = error;
  const isStatement = error.message.startsWith("Failed query: ");
  const message = isStatement ? error.message.replace(/\nparams: [\s\S]*$/, "") : error.message;
  return {
    ...Object.fromEntries(Object.entries(error).filter(([name]) => !hidden.has(name))),
    type: error.name,
    message,
    stack: stack?.replace(error.message, () => message),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** Values of a statement or of a row: Drizzle's `params`, and PostgreSQL's detail of what a row held. */
const hidden = new Set(["params", "detail", "where", "internalQuery"]);
