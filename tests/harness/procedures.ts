import { z } from "zod";
import type { ListedProcedure } from "../../apps/server/src/app/procedures.ts";

/** What came of a call: data, or the code of the refusal. */
export type Outcome = { code: null; data: unknown } | { code: string; data: null };

const answerSchema = z.union([
  z.object({ result: z.object({ data: z.unknown().optional() }) }),
  z.object({ error: z.object({ data: z.object({ errorCode: z.string() }) }) }),
]);

/** Calls a procedure by its name over the wire; of a subscription, waits for its first event. */
export async function callProcedure(
  url: string,
  { name, type }: Pick<ListedProcedure, "name" | "type">,
  input: unknown,
  headers: Record<string, string>,
): Promise<Outcome> {
  const address = new URL(`${url}/trpc/${name}`);
  const isMutation = type === "mutation";
  if (!isMutation && input !== undefined) address.searchParams.set("input", JSON.stringify(input));
  const controller = new AbortController();
  const response = await fetch(address, {
    method: isMutation ? "POST" : "GET",
    headers: {
      ...headers,
      ...(isMutation ? { "content-type": "application/json" } : {}),
      ...(type === "subscription" ? { accept: "text/event-stream" } : {}),
    },
    body: isMutation ? JSON.stringify(input ?? {}) : null,
    signal: controller.signal,
  });
  if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
    const first = await firstEvent(response);
    controller.abort();
    return first;
  }
  const answer = answerSchema.parse(await response.json());
  if ("error" in answer) return { code: answer.error.data.errorCode, data: null };
  return { code: null, data: answer.result.data };
}

async function firstEvent(response: Response): Promise<Outcome> {
  if (!response.body) throw new Error("The subscription has no body.");
  let text = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const refused = /"errorCode":"(\w+)"/.exec(text)?.[1];
    if (refused) return { code: refused, data: null };
    for (const event of text.split("\n\n").slice(0, -1)) {
      if (event.includes("data:") && !/event: (connected|ping)/.test(event))
        return { code: null, data: event };
    }
  }
  return { code: null, data: null };
}

const jsonSchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  required: z.array(z.string()).default([]),
});

/** The field name of an input that is an id itself. */
const bare = "(input)";

/**
 * The fields of a procedure's input that hold an id, and how to make an input that is valid. An input that is an id
 * itself has the one field `(input)`.
 */
export function inputOf({ input }: Pick<ListedProcedure, "input">): {
  idFields: string[];
  required: string[];
  make(ids: Record<string, string>): unknown;
} {
  if (!input) return { idFields: [], required: [], make: () => undefined };
  const described = z.toJSONSchema(input, { io: "input", unrepresentable: "any" });
  if (described.format === "uuid") {
    return { idFields: [bare], required: [bare], make: (ids) => ids[bare] ?? example(described) };
  }
  const schema = jsonSchema.parse(described);
  const idFields = Object.entries(schema.properties)
    .filter(([, field]) => field.format === "uuid")
    .map(([name]) => name);
  const make = (ids: Record<string, string>) => ({
    ...Object.fromEntries(schema.required.map((name) => [name, example(schema.properties[name] ?? {})])),
    ...ids,
  });
  return { idFields, required: schema.required, make };
}

/** The plainest value that a field takes. */
function example(field: Record<string, unknown>): unknown {
  if (Array.isArray(field.examples)) return field.examples[0];
  if (Array.isArray(field.anyOf)) return example(z.record(z.string(), z.unknown()).parse(field.anyOf[0]));
  if (Array.isArray(field.enum)) return field.enum[0];
  if (field.format === "uuid") return crypto.randomUUID();
  if (field.type === "string") return "text";
  if (field.type === "integer" || field.type === "number") return 1;
  if (field.type === "boolean") return true;
  if (field.type === "array") return [];
  throw new Error(`Say in tests/harness/procedures.ts how to make ${JSON.stringify(field)}.`);
}
