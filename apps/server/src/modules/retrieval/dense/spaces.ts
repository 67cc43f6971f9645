import { and, eq } from "drizzle-orm";
import { notFound } from "../../../platform/errors/index.ts";
import type { IndexContext } from "../caches.ts";
import { vectorSpaces } from "../retrieval.tables.ts";

export interface VectorSpace {
  id: string;
  /** `provider:model`. */
  model: string;
  dimensions: number;
}

/** The space in which a knowledge base is searched. */
export async function activeSpace(ctx: IndexContext, knowledgeBaseId: string): Promise<VectorSpace> {
  const [space] = await ctx.tx
    .select({ id: vectorSpaces.id, model: vectorSpaces.model, dimensions: vectorSpaces.dimensions })
    .from(vectorSpaces)
    .where(
      and(
        eq(vectorSpaces.tenantId, ctx.tenantId),
        eq(vectorSpaces.knowledgeBaseId, knowledgeBaseId),
        eq(vectorSpaces.status, "active"),
      ),
    );
  if (!space) throw notFound("The knowledge base's vector space");
  return space;
}
