import { TRPCClientError } from "@trpc/client";

/** What the server says of each field that it did not take, in its own words; of a list's entry, by the list's name. */
export function refusedFields(error: unknown): Record<string, string> {
  const fields = read(read(error instanceof TRPCClientError ? error.data : null, "details"), "fields");
  const said: Record<string, string> = {};
  for (const field of Array.isArray(fields) ? fields : []) {
    const [path, message] = [read(field, "path"), read(field, "message")];
    if (typeof path === "string" && typeof message === "string") said[path.split(".")[0] ?? path] = message;
  }
  return said;
}

function read(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
