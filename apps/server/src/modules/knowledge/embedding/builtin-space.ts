import type { Ctx } from "../../../ports/index.ts";

/** Numbers in a vector of the built-in embedding model. */
const builtinDimensions = 512;

/** The space that needs no connection: every knowledge base begins with it and can go back to it. */
export function builtinSpace(ctx: Pick<Ctx, "ports">): { model: string; dimensions: number } {
  const { provider, modelId } = ctx.ports.models.builtin.embedding;
  return { model: `${provider}:${modelId}`, dimensions: builtinDimensions };
}
