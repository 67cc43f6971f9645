import { and, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import {
  activeSpace,
  buildingSpace,
  embedTexts,
  failBuilding,
  fillSpace,
  mergeQueue,
  missingVectors,
  prepareSwitch,
  switchSpace,
  type VectorSpace,
} from "../../retrieval/index.ts";
import { embeddingChanged } from "../knowledge.events.ts";
import { embeddingQueue } from "../knowledge.jobs.ts";
import { chunks } from "../knowledge.tables.ts";
import { askEmbedder } from "./ask-embedder.ts";
import { EmbeddingFailed } from "./embedding-failed.ts";

/** Passages that are embedded by one call and written in one transaction. */
const usualBatch = 64;
/** Milliseconds after which a job makes room for others and goes on as another one. */
const turn = 60_000;
/** Milliseconds between two notices of progress. */
const tellEvery = 500;
/** Passages may be added between the last look and the switch; not every time. */
const MOST_OVERTAKEN = 100;

interface BuildInput {
  knowledgeBaseId: string;
  spaceId: string;
}

interface Build extends BuildInput {
  batchSize: number;
}

/**
 * Embeds what a space that is being built lacks, batch by batch, and switches to it once nothing is missing.
 * It may be broken off anywhere and run again, or twice at once: what is done stays done. A model that fails
 * for good stops the build with a reason for the owner, and so does one that failed on the last try; before
 * that it throws, for the queue to try again. Searches go on in the active space all the while.
 */
export async function buildEmbedding(
  ctx: Ctx,
  input: BuildInput,
  { lastTry, signal, batchSize = usualBatch }: { lastTry: boolean; signal?: AbortSignal; batchSize?: number },
): Promise<void> {
  try {
    await build(ctx, { ...input, batchSize }, signal);
  } catch (error) {
    if (error instanceof BuildStopped) return;
    if (isAppError(error) && error.code === "NOT_FOUND") return; // the knowledge base was deleted
    const isKnown = error instanceof EmbeddingFailed;
    if (!lastTry && !(isKnown && !error.isPassing)) throw error;
    await stop(ctx, input, isKnown ? error.reason : unknown);
    if (!isKnown) throw error;
  }
}

const unknown = "Something failed on our side several times and was logged. Try again later.";

async function build(ctx: Ctx, input: Build, signal: AbortSignal | undefined): Promise<void> {
  const began = performance.now();
  const tell = progressTeller();
  let overtaken = 0;
  for (let from = 0; ; ) {
    signal?.throwIfAborted();
    const batch = await inTx(ctx, (ctx) => nextBatch(ctx, input, from));
    if (!batch) return; // cancelled, or another was chosen
    from = batch.upTo; // what is added meanwhile comes after it
    if (batch.texts.length > 0) {
      await embedBatch(ctx, input, batch, tell, signal);
    } else if (batch.isLast) {
      await prepareSwitch(ctx, { ...input, upTo: batch.upTo });
      if ((await finish(ctx, input)) !== "incomplete") return;
      if (++overtaken > MOST_OVERTAKEN) throw new Error("Passages are missing, and none is found missing.");
      from = 0;
    }
    if (performance.now() - began > turn) {
      const { knowledgeBaseId, spaceId } = input;
      const next = { tenantId: ctx.tenantId, knowledgeBaseId, spaceId };
      await inTx(ctx, (ctx) => ctx.jobs.enqueue(embeddingQueue, next));
      return;
    }
  }
}

interface Batch {
  ordinals: number[];
  texts: string[];
  /** Every passage before it has its vector, or is in this batch. */
  upTo: number;
  /** Nothing was missing. */
  isLast: boolean;
}

async function nextBatch(ctx: TxCtx, input: Build, from: number): Promise<Batch | null> {
  if (!(await buildingSpace(ctx, input))) return null;
  const missing = await missingVectors(ctx, { ...input, from, limit: input.batchSize });
  const rows =
    missing.ordinals.length === 0
      ? []
      : await ctx.tx
          .select({ ordinal: chunks.ordinal, text: chunks.text })
          .from(chunks)
          .where(
            and(
              eq(chunks.tenantId, ctx.tenantId),
              eq(chunks.knowledgeBaseId, input.knowledgeBaseId),
              inArray(chunks.ordinal, missing.ordinals), // those that were removed just now are not among them
            ),
          );
  return {
    ordinals: rows.map((row) => row.ordinal),
    texts: rows.map((row) => row.text),
    upTo: missing.upTo,
    isLast: missing.ordinals.length === 0,
  };
}

async function embedBatch(
  ctx: Ctx,
  input: BuildInput,
  { ordinals, texts }: Batch,
  tell: (ctx: TxCtx, knowledgeBaseId: string) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { knowledgeBaseId } = input;
  const { space, answer } = await askEmbedder(
    ctx,
    { knowledgeBaseId, texts, signal, find: (ctx) => stillBuilding(ctx, input) },
    ({ model }, signal) => embedTexts(model, texts, { signal }),
  );
  const odd = answer.vectors.find((vector) => vector.length !== space.dimensions);
  if (odd) throw new EmbeddingFailed(otherDimensions(space, odd.length), false);
  await inTx(ctx, async (ctx) => {
    if (await fillSpace(ctx, { ...input, ordinals, vectors: answer.vectors })) {
      await tell(ctx, knowledgeBaseId);
    }
  });
}

/** It was cancelled, or another model was chosen, between two steps. */
class BuildStopped extends Error {}

async function stillBuilding(ctx: TxCtx, input: BuildInput): Promise<VectorSpace> {
  const space = await buildingSpace(ctx, input);
  if (!space) throw new BuildStopped();
  return space;
}

function otherDimensions({ model, dimensions }: VectorSpace, found: number): string {
  return `${model} gave vectors of ${found} dimensions; when it was connected they had ${dimensions}. Connect it again.`;
}

/** The step from which on searches read the new space. */
async function finish(ctx: Ctx, input: BuildInput): Promise<"switched" | "incomplete" | "stopped"> {
  const { knowledgeBaseId } = input;
  return inTx(ctx, async (ctx) => {
    const former = await activeSpace(ctx, knowledgeBaseId);
    const outcome = await switchSpace(ctx, input);
    if (outcome !== "switched") return outcome;
    const { model } = await activeSpace(ctx, knowledgeBaseId);
    await ctx.jobs.enqueue(mergeQueue, { tenantId: ctx.tenantId, knowledgeBaseId }); // stores later sketches
    await recordAudit(ctx, {
      action: "embedding.switched",
      subjectType: "knowledge base",
      subjectId: knowledgeBaseId,
      before: { model: former.model },
      after: { model },
    });
    await emit(ctx, embeddingChanged, { knowledgeBaseId });
    return outcome;
  });
}

async function stop(ctx: Ctx, input: BuildInput, reason: string): Promise<void> {
  ctx.log.warn({ ...input, reason }, "building with another embedding model stopped");
  await inTx(ctx, async (ctx) => {
    if (!(await failBuilding(ctx, { ...input, reason }))) return;
    await emit(ctx, embeddingChanged, { knowledgeBaseId: input.knowledgeBaseId });
  });
}

/** Tells of progress now and then: whoever watches counts anew each time. */
function progressTeller() {
  let told = -Infinity;
  return async (ctx: TxCtx, knowledgeBaseId: string): Promise<void> => {
    if (performance.now() - told < tellEvery) return;
    told = performance.now();
    await emit(ctx, embeddingChanged, { knowledgeBaseId });
  };
}
