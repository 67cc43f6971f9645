import { and, eq, sql } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError, notFound } from "../../../platform/errors/index.ts";
import { notices } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { embeddingChoices, embeddingModel, isLocalModel } from "../../models/index.ts";
import { describeSpaces, type SpaceReport } from "../../retrieval/index.ts";
import { priceOf } from "../../spending/index.ts";
import { embeddingChanged } from "../knowledge.events.ts";
import { chunks } from "../knowledge.tables.ts";
import { builtinSpace } from "./builtin-space.ts";
import type { EmbeddingState } from "./embedding.schema.ts";
import { keptUntil } from "./tidy-embeddings.ts";

/** Bytes of text that make about one token: as `estimateTokens` counts. */
const bytesPerToken = 3;

/** Which model searches the knowledge base, what is being built, and what else could be chosen. */
export async function getEmbedding(ctx: Ctx, input: { knowledgeBaseId: string }): Promise<EmbeddingState> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, (ctx) => embeddingState(ctx, input.knowledgeBaseId));
}

/** The state now and after each change, until `signal` aborts. */
export async function* watchEmbedding(
  ctx: Ctx,
  input: { knowledgeBaseId: string; signal: AbortSignal },
): AsyncGenerator<EmbeddingState> {
  assertCan(ctx.actor, "read bots");
  const changes = notices(ctx.events, ctx.tenantId, embeddingChanged, input.signal);
  for await (const { knowledgeBaseId } of changes) {
    if (knowledgeBaseId !== input.knowledgeBaseId) continue;
    try {
      yield await getEmbedding(ctx, input);
    } catch (error) {
      if (isAppError(error) && error.code === "NOT_FOUND") return; // deleted: nothing more will change
      throw error;
    }
  }
}

export async function embeddingState(ctx: TxCtx, knowledgeBaseId: string): Promise<EmbeddingState> {
  const spaces = await describeSpaces(ctx, knowledgeBaseId);
  const active = spaces.find((space) => space.status === "active");
  if (!active) throw notFound("The knowledge base");
  const building = spaces.find((space) => space.status === "building");
  const size = await sizeOf(ctx, knowledgeBaseId);
  return {
    chunks: size.chunks,
    active: { ...modelOf(active), connection: await connectionOf(ctx, active.model) },
    building: building ? { ...modelOf(building), done: building.vectors, failure: building.failure } : null,
    choices: await choicesFor(ctx, spaces, size),
  };
}

interface Choice {
  model: string;
  dimensions: number;
}

/** A kept space whose connection is gone is no choice: nothing could be asked of its model. */
async function choicesFor(
  ctx: TxCtx,
  spaces: SpaceReport[],
  size: { chunks: number; tokens: number },
): Promise<EmbeddingState["choices"]> {
  const offered = await embeddingChoices(ctx);
  const connected = offered.map(({ name, dimensions }) => ({ model: name, dimensions }));
  const all = new Map<string, Choice>();
  for (const choice of [builtinSpace(ctx), ...connected, ...spaces]) {
    if (!all.has(choice.model)) all.set(choice.model, choice);
  }
  const choices: EmbeddingState["choices"] = [];
  for (const choice of all.values()) {
    const space = spaces.find(({ model, dimensions }) => isSame(choice, { model, dimensions }));
    if (space?.status === "active") continue;
    if ((await connectionOf(ctx, choice.model)) === "unusable") continue;
    const missing = Math.max(0, size.chunks - (space?.vectors ?? 0));
    const tokens = size.chunks === 0 ? 0 : Math.ceil((size.tokens * missing) / size.chunks);
    const isFree = isBuiltin(choice.model) || isLocalModel(choice.model);
    const price = isFree ? { input: 0 } : await priceOf(ctx, choice.model);
    choices.push({
      ...modelOf(choice),
      missing,
      tokens,
      price: price && (tokens * price.input) / 1_000_000,
      wasActive: space !== undefined && space.activatedAt !== null,
      keptUntil: space?.retiredAt && space.vectors > 0 ? keptUntil(space.retiredAt) : null,
    });
  }
  return choices;
}

const isSame = (a: Choice, b: Choice): boolean => a.model === b.model && a.dimensions === b.dimensions;
const isBuiltin = (model: string): boolean => model.startsWith("builtin:");

function modelOf({ model, dimensions }: Choice) {
  return { model, dimensions, isBuiltin: isBuiltin(model) };
}

async function connectionOf(ctx: TxCtx, model: string): Promise<EmbeddingState["active"]["connection"]> {
  if (isBuiltin(model)) return "builtin";
  try {
    await embeddingModel(ctx, model);
  } catch (error) {
    if (isAppError(error)) return "unusable";
    throw error;
  }
  const choices = await embeddingChoices(ctx);
  return choices.some(({ name }) => name === model) ? "connected" : "changed";
}

/** Passages, those of a version that is being written too, and their tokens. */
async function sizeOf(ctx: TxCtx, knowledgeBaseId: string): Promise<{ chunks: number; tokens: number }> {
  const [row] = await ctx.tx
    .select({
      chunks: sql<number>`count(*)::int`,
      bytes: sql<number>`coalesce(sum(octet_length(${chunks.text})), 0)::float8`,
    })
    .from(chunks)
    .where(and(eq(chunks.tenantId, ctx.tenantId), eq(chunks.knowledgeBaseId, knowledgeBaseId)));
  return { chunks: row?.chunks ?? 0, tokens: Math.ceil((row?.bytes ?? 0) / bytesPerToken) };
}
