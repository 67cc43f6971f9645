import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { IndexContext } from "../caches.ts";
import { vectorSpaces } from "../retrieval.tables.ts";

export interface VectorSpace {
  id: string;
  /** `provider:model`. */
  model: string;
  dimensions: number;
}

export type SpaceRow = typeof vectorSpaces.$inferSelect;

/** What a half-precision vector may have and still be stored and compared as one row. */
export const MOST_DIMENSIONS = 4_000;

/**
 * The vectors are of another space than the one that is searched now: the knowledge base was switched after
 * they were made. Ask for the active space again and have new ones made.
 */
export class SpaceSwitched extends Error {
  constructor() {
    super("The vectors are of a space that is not the active one any more.");
    this.name = "SpaceSwitched";
  }
}

/** The space in which a knowledge base is searched. */
export async function activeSpace(ctx: IndexContext, knowledgeBaseId: string): Promise<VectorSpace> {
  const [space] = await spacesWhere(ctx, knowledgeBaseId, eq(vectorSpaces.status, "active"));
  if (!space) throw notFound("The knowledge base's vector space");
  const { id, model, dimensions } = space;
  return { id, model, dimensions };
}

/** A knowledge base's spaces that fit `condition`, the latest first. */
export function spacesWhere(
  ctx: IndexContext,
  knowledgeBaseId: string,
  condition: SQL | undefined = sql`true`,
): Promise<SpaceRow[]> {
  return ctx.tx
    .select()
    .from(vectorSpaces)
    .where(
      and(
        eq(vectorSpaces.tenantId, ctx.tenantId),
        eq(vectorSpaces.knowledgeBaseId, knowledgeBaseId),
        condition,
      ),
    )
    .orderBy(desc(vectorSpaces.createdAt), desc(vectorSpaces.id));
}

/** Changes one space; false if it is gone. */
export async function changeSpace(
  ctx: IndexContext,
  spaceId: string,
  set: Partial<Omit<SpaceRow, "tenantId" | "id">>,
): Promise<boolean> {
  const changed = await ctx.tx
    .update(vectorSpaces)
    .set(set)
    .where(and(eq(vectorSpaces.tenantId, ctx.tenantId), eq(vectorSpaces.id, spaceId)))
    .returning({ id: vectorSpaces.id });
  return changed.length > 0;
}

/** Throws VALIDATION_ERROR for vectors that could not be kept. */
export function assertDimensions(model: string, dimensions: number): void {
  if (Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= MOST_DIMENSIONS) return;
  throw new AppError(
    "VALIDATION_ERROR",
    `Vectors of ${model} have ${dimensions} dimensions; 1 to ${MOST_DIMENSIONS} can be searched. Choose another model.`,
  );
}
