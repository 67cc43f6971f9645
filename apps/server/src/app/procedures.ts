import { z } from "zod";
import { appRouter } from "./trpc-router.ts";

export interface ListedProcedure {
  /** With its router: `bot.create`. */
  name: string;
  type: "query" | "mutation" | "subscription";
  auth: "public" | "protected" | "tenant" | "admin";
  /** Whose administrator `admin` means. */
  of: "installation" | "tenant";
  input: z.ZodType | null;
}

/** What tRPC keeps of a procedure; its types describe the nested tree, the value is flat. */
const definitionSchema = z.object({
  type: z.enum(["query", "mutation", "subscription"]),
  meta: z.object({
    auth: z.enum(["public", "protected", "tenant", "admin"]),
    of: z.enum(["installation", "tenant"]).default("installation"),
  }),
  inputs: z.array(z.instanceof(z.ZodType)),
});

/** Every procedure of the router itself: nothing is listed by hand. */
export function listProcedures(): ListedProcedure[] {
  const procedures: Record<string, object> = appRouter._def.procedures;
  return Object.entries(procedures).map(([name, procedure]) => {
    const { type, meta, inputs } = definitionSchema.parse(Reflect.get(procedure, "_def"));
    return { name, type, ...meta, input: inputs.at(-1) ?? null };
  });
}
