import { and, eq, lt, sql } from "drizzle-orm";
import { newId } from "../../platform/ids/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import type { IndexContext } from "./caches.ts";
import { assertDimensions, changeSpace, type SpaceRow, spacesWhere } from "./dense/spaces.ts";
import { lockIndex } from "./lexical/snapshot.ts";
import { chunkVectors, vectorSpaces } from "./retrieval.tables.ts";

/** What an owner sees of a space. */
export interface SpaceReport {
  id: string;
  model: string;
  dimensions: number;
  status: SpaceRow["status"];
  /** Why its building stopped; null while it goes on. */
  failure: string | null;
  /** Live chunks that have a vector in it. */
  vectors: number;
  activatedAt: Date | null;
  retiredAt: Date | null;
  updatedAt: Date;
}

/** Every space of a knowledge base, the latest first. */
export async function describeSpaces(ctx: IndexContext, knowledgeBaseId: string): Promise<SpaceReport[]> {
  const reports: SpaceReport[] = [];
  for (const space of await spacesWhere(ctx, knowledgeBaseId)) {
    const { id, model, dimensions, status, failure, activatedAt, retiredAt, updatedAt } = space;
    const vectors = await countVectors(ctx, id);
    reports.push({ id, model, dimensions, status, failure, vectors, activatedAt, retiredAt, updatedAt });
  }
  return reports;
}

/** Only live chunks have vectors, whatever the space: so many are searchable in it. */
export async function countVectors(ctx: IndexContext, spaceId: string): Promise<number> {
  const [row] = await ctx.tx
    .select({ n: sql<number>`count(*)::int` })
    .from(chunkVectors)
    .where(and(eq(chunkVectors.tenantId, ctx.tenantId), eq(chunkVectors.spaceId, spaceId)));
  return row?.n ?? 0;
}

/**
 * The space of `model`: the active one, which stops what is built beside it; or one that is built from now
 * on, new or taken up where it was left; `isGoingOn` tells that somebody is at it already. Another that was
 * being built stops, and keeps what it has. The index is locked until the transaction ends. VALIDATION_ERROR for more dimensions than can be searched.
 */
export async function openSpace(
  ctx: Pick<TxCtx, "db" | "tenantId" | "tx" | "now">,
  input: { knowledgeBaseId: string; model: string; dimensions: number },
): Promise<{ id: string; status: "active" | "building"; isGoingOn: boolean }> {
  const { knowledgeBaseId, model, dimensions } = input;
  assertDimensions(model, dimensions);
  await lockIndex(ctx, knowledgeBaseId);
  const spaces = await spacesWhere(ctx, knowledgeBaseId);
  const known = spaces.find((space) => space.model === model && space.dimensions === dimensions);
  const building = spaces.find((space) => space.status === "building");
  if (building && building.id !== known?.id) await retire(ctx, building.id);
  if (known?.status === "active") return { id: known.id, status: "active", isGoingOn: false };
  const at = ctx.now();
  const begun = { status: "building", failure: null, retiredAt: null, updatedAt: at } as const;
  if (known) {
    const isGoingOn = known.status === "building" && known.failure === null;
    if (!isGoingOn) await changeSpace(ctx, known.id, begun);
    return { id: known.id, status: "building", isGoingOn };
  }
  const id = newId();
  await ctx.tx
    .insert(vectorSpaces)
    .values({ tenantId: ctx.tenantId, id, knowledgeBaseId, model, dimensions, createdAt: at, ...begun });
  return { id, status: "building", isGoingOn: false };
}

/** Stops what is being built; it keeps its vectors, to be taken up again. False if nothing was. */
export async function stopBuilding(
  ctx: Pick<TxCtx, "db" | "tenantId" | "tx" | "now">,
  input: { knowledgeBaseId: string },
): Promise<boolean> {
  await lockIndex(ctx, input.knowledgeBaseId);
  const [building] = await spacesWhere(ctx, input.knowledgeBaseId, eq(vectorSpaces.status, "building"));
  if (!building) return false;
  return retire(ctx, building.id);
}

/** Says why a space is not built any further, until it is opened again. False if it is not being built. */
export async function failBuilding(
  ctx: Pick<TxCtx, "db" | "tenantId" | "tx" | "now">,
  input: { knowledgeBaseId: string; spaceId: string; reason: string },
): Promise<boolean> {
  await lockIndex(ctx, input.knowledgeBaseId);
  const [space] = await spacesWhere(ctx, input.knowledgeBaseId, eq(vectorSpaces.id, input.spaceId));
  if (space?.status !== "building") return false;
  return changeSpace(ctx, space.id, { failure: input.reason, updatedAt: ctx.now() });
}

/** Spaces whose building neither went on nor failed since `before`: whoever built them is gone. */
export async function stuckSpaces(
  ctx: IndexContext,
  before: Date,
): Promise<{ knowledgeBaseId: string; spaceId: string }[]> {
  return ctx.tx
    .select({ knowledgeBaseId: vectorSpaces.knowledgeBaseId, spaceId: vectorSpaces.id })
    .from(vectorSpaces)
    .where(
      and(
        eq(vectorSpaces.tenantId, ctx.tenantId),
        eq(vectorSpaces.status, "building"),
        sql`${vectorSpaces.failure} is null`,
        lt(vectorSpaces.updatedAt, before),
      ),
    );
}

/** Removes spaces, with their vectors, that are retired since before `before`. Returns their models. */
export async function removeRetiredSpaces(ctx: IndexContext, before: Date): Promise<string[]> {
  const removed = await ctx.tx
    .delete(vectorSpaces)
    .where(
      and(
        eq(vectorSpaces.tenantId, ctx.tenantId),
        eq(vectorSpaces.status, "retired"),
        lt(vectorSpaces.retiredAt, before),
      ),
    )
    .returning({ model: vectorSpaces.model });
  return removed.map(({ model }) => model);
}

/** Out of use from now on, with the vectors that it has. */
export function retire(
  ctx: Pick<TxCtx, "tenantId" | "tx" | "now" | "db">,
  spaceId: string,
): Promise<boolean> {
  const at = ctx.now();
  return changeSpace(ctx, spaceId, { status: "retired", failure: null, retiredAt: at, updatedAt: at });
}
