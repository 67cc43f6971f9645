import { z } from "zod";
import type { Ctx } from "../../ports/index.ts";

const purpose = "mail";
const wordsSchema = z.object({ subject: z.string(), text: z.string() });

type Words = z.infer<typeof wordsSchema>;

export function sealMail(ctx: Pick<Ctx, "vault" | "tenantId">, words: Words): string {
  return ctx.vault.seal(ctx.tenantId, purpose, JSON.stringify(words));
}

/** Throws INTERNAL when the text was sealed under a secret that is not known any more. */
export function openMail(ctx: Pick<Ctx, "vault" | "tenantId">, sealed: string): Words {
  return wordsSchema.parse(JSON.parse(ctx.vault.open(ctx.tenantId, purpose, sealed)));
}
