import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gate } from "../../../../../../tests/harness/embedding-server.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { describeSpaces } from "../../retrieval/index.ts";
import { deleteKnowledgeBase } from "../service/delete-document.ts";
import { searchKnowledge } from "../service/search-knowledge.ts";
import { buildEmbedding } from "./build-embedding.ts";
import { chooseEmbedding } from "./choose-embedding.ts";
import { getEmbedding } from "./read-embedding.ts";
import { addDocument, type EmbeddingWorld, models, openEmbeddingWorld } from "./testing/embedding-world.ts";
import { tidyEmbeddings } from "./tidy-embeddings.ts";

/* What happens when a knowledge base is switched while vectors for it are on their way. */

let world: EmbeddingWorld;
beforeAll(async () => {
  world = await openEmbeddingWorld();
});
afterEach(() => {
  world.provider.answer = () => 200;
});
afterAll(() => world.close());

const [words, others] = models;
const named = (model: string) => model.split(":")[1];

async function building(ctx: Ctx, knowledgeBaseId: string, model: string): Promise<string> {
  await chooseEmbedding(ctx, { knowledgeBaseId, model });
  const spaces = await inTx(ctx, (ctx) => describeSpaces(ctx, knowledgeBaseId));
  return spaces.find((space) => space.status === "building")?.id ?? "";
}

async function switchTo(ctx: Ctx, knowledgeBaseId: string, model: string): Promise<void> {
  const spaceId = await building(ctx, knowledgeBaseId, model);
  await buildEmbedding(ctx, { knowledgeBaseId, spaceId }, { lastTry: false });
}

/** Holds the next calls of a model back. */
function hold(model: string) {
  const held = gate();
  world.provider.answer = async (request) => {
    if (request.model === named(model)) await held.pass();
    return 200;
  };
  return held;
}

test("a question whose vector was on its way gets one of the new model", async () => {
  const { ctx, knowledgeBaseId } = await world.newKnowledgeBase();
  await addDocument(ctx, knowledgeBaseId, "The shop opens at nine.");
  await switchTo(ctx, knowledgeBaseId, words);
  const held = hold(words);
  const searching = searchKnowledge(ctx, { knowledgeBaseId, query: "shop opens", limit: 5 });
  await held.reached;
  await switchTo(ctx, knowledgeBaseId, others);
  held.open();
  const found = await searching;
  expect(found.embeddingFailure).toBeNull();
  expect(found.passages[0]?.scores.dense).toBeGreaterThan(0.3);
  const asked = world.provider.requests.filter(({ texts }) => texts[0] === "shop opens");
  expect(asked.map(({ model }) => model)).toEqual([named(words), named(others)]);
});

test("a question whose vector does not come in time is searched for by words", async () => {
  const { ctx, knowledgeBaseId } = await world.newKnowledgeBase();
  await addDocument(ctx, knowledgeBaseId, "The shop opens at nine.");
  await switchTo(ctx, knowledgeBaseId, words);
  const held = hold(words);
  const found = await searchKnowledge(ctx, { knowledgeBaseId, query: "shop opens", limit: 5 });
  held.open();
  expect(found.embeddingFailure).toMatch(/did not answer in time/);
  expect(found.passages.map(({ scores }) => scores.dense)).toEqual([null]);
  const leaving = AbortSignal.abort(new Error("The asker left."));
  const input = { knowledgeBaseId, query: "shop", limit: 5, signal: leaving };
  await expect(searchKnowledge(ctx, input)).rejects.toThrow("The asker left.");
});

test("a document whose vectors were on their way gets those of the new model", async () => {
  const { ctx, knowledgeBaseId } = await world.newKnowledgeBase();
  await addDocument(ctx, knowledgeBaseId, "The shop opens at nine.");
  await switchTo(ctx, knowledgeBaseId, words);
  const held = hold(words);
  const adding = addDocument(ctx, knowledgeBaseId, "Parcels go back within thirty days.");
  await held.reached;
  await switchTo(ctx, knowledgeBaseId, others);
  held.open();
  await adding;
  const state = await getEmbedding(ctx, { knowledgeBaseId });
  expect([state.active.model, state.chunks]).toEqual([others, 2]);
  expect(state.choices.find(({ model }) => model === words)?.missing).toBe(1);
  const { passages } = await searchKnowledge(ctx, { knowledgeBaseId, query: "parcels thirty", limit: 1 });
  expect(passages[0]?.scores.dense).toBeGreaterThan(0.3);
});

test("a model that fails again and again stops the build on the last try only", async () => {
  const { ctx, knowledgeBaseId } = await world.newKnowledgeBase();
  await addDocument(ctx, knowledgeBaseId, "The shop opens at nine.");
  const spaceId = await building(ctx, knowledgeBaseId, words);
  world.provider.answer = () => 503;
  const run = (lastTry: boolean) => buildEmbedding(ctx, { knowledgeBaseId, spaceId }, { lastTry });
  const failure = async () => (await getEmbedding(ctx, { knowledgeBaseId })).building?.failure;
  await expect(run(false)).rejects.toThrow(/status 503/);
  expect(await failure()).toBeNull();
  await run(true);
  expect(await failure()).toMatch(/answered with status 503. Try again later/);
}, 60_000);

test("a model whose vectors have other dimensions than its test showed stops the build", async () => {
  const { ctx, knowledgeBaseId } = await world.newKnowledgeBase();
  await addDocument(ctx, knowledgeBaseId, "The shop opens at nine.");
  await inTx(ctx, ({ tx }) =>
    tx.execute(sql`update model_connections set dimensions = 25
      where tenant_id = ${ctx.tenantId} and provider = 'openai'`),
  );
  await switchTo(ctx, knowledgeBaseId, words);
  const { active, building: built } = await getEmbedding(ctx, { knowledgeBaseId });
  expect(active.isBuiltin).toBe(true);
  expect(built?.failure).toMatch(/gave vectors of 24 dimensions; when it was connected they had 25/);
});

test("a knowledge base that is deleted meanwhile takes all with it and ends the build", async () => {
  const { ctx, knowledgeBaseId } = await world.newKnowledgeBase();
  await addDocument(ctx, knowledgeBaseId, "The shop opens at nine.");
  const spaceId = await building(ctx, knowledgeBaseId, words);
  const held = hold(words);
  const run = buildEmbedding(ctx, { knowledgeBaseId, spaceId }, { lastTry: false });
  await held.reached;
  await inTx(ctx, (ctx) => deleteKnowledgeBase(ctx, knowledgeBaseId));
  held.open();
  await run;
  for (const table of ["vector_spaces", "chunk_vectors", "vector_sketches", "search_indexes"]) {
    const { rowCount } = await inTx(ctx, ({ tx }) =>
      tx.execute(sql`select 1 from ${sql.identifier(table)} where tenant_id = ${ctx.tenantId}`),
    );
    expect([table, rowCount]).toEqual([table, 0]);
  }
});

test("an empty knowledge base switches at once", async () => {
  const { ctx, knowledgeBaseId } = await world.newKnowledgeBase();
  world.provider.answer = () => 500;
  await switchTo(ctx, knowledgeBaseId, others);
  expect((await getEmbedding(ctx, { knowledgeBaseId })).active.model).toBe(others);
});

test("maintenance fails a build that nobody works on, and forgets a model after thirty days", async () => {
  const { ctx, knowledgeBaseId } = await world.newKnowledgeBase();
  await addDocument(ctx, knowledgeBaseId, "The shop opens at nine.");
  await building(ctx, knowledgeBaseId, words);
  const after = (hours: number): Ctx => ({ ...ctx, now: () => new Date(Date.now() + hours * 3_600_000) });
  const failure = async () => (await getEmbedding(ctx, { knowledgeBaseId })).building?.failure;
  await tidyEmbeddings(after(0.9));
  expect(await failure()).toBeNull();
  await tidyEmbeddings(after(1.1));
  expect(await failure()).toMatch(/stopped before it was done. Try again/);
  await switchTo(ctx, knowledgeBaseId, words);
  const models = async () =>
    (await inTx(ctx, (ctx) => describeSpaces(ctx, knowledgeBaseId))).map(({ model, status }) => [
      model,
      status,
    ]);
  await tidyEmbeddings(after(24 * 30 - 1));
  expect(await models()).toEqual([
    [words, "active"],
    ["builtin:lexical-512", "retired"],
  ]);
  await tidyEmbeddings(after(24 * 30 + 1));
  expect(await models()).toEqual([[words, "active"]]);
});
