import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeModel } from "../../../connectors/local/testing/write-model.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { describeSpaces } from "../../retrieval/index.ts";
import { searchKnowledge } from "../service/search-knowledge.ts";
import { buildEmbedding } from "./build-embedding.ts";
import { chooseEmbedding } from "./choose-embedding.ts";
import { getEmbedding } from "./read-embedding.ts";
import { addDocument, type EmbeddingWorld, openEmbeddingWorld } from "./testing/embedding-world.ts";

/* A model in a folder of the server's, which knows what words of three languages mean. */

const model = "local:multilingual";
const refund = [1, 0, 0];
const delivery = [0, 1, 0];
const opening = [0, 0, 1];

let folder: string;
let world: EmbeddingWorld;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "parlance-models-"));
  writeModel(join(folder, "multilingual"), {
    refund,
    money: refund,
    remboursements: refund,
    استرداد: refund,
    delivery,
    livraison: delivery,
    التوصيل: delivery,
    opens: opening,
    ouvre: opening,
    يفتح: opening,
  });
  world = await openEmbeddingWorld({ LOCAL_MODELS_DIR: folder });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

test("is offered to every tenant for nothing, and finds across languages what no word has in common", async () => {
  const { ctx, knowledgeBaseId } = await world.newKnowledgeBase();
  const texts = {
    fr: "Les remboursements arrivent sous dix jours.",
    ar: "التوصيل خلال يومين.",
    en: "The shop opens at nine.",
  };
  const ids = new Map<string, string>();
  for (const text of Object.values(texts)) ids.set(await addDocument(ctx, knowledgeBaseId, text), text);
  const choices = (await getEmbedding(ctx, { knowledgeBaseId })).choices;
  expect(choices.find((choice) => choice.model === model)).toMatchObject({
    dimensions: 3,
    isBuiltin: false,
    missing: 3,
    price: 0,
  });

  await chooseEmbedding(ctx, { knowledgeBaseId, model });
  const spaces = await inTx(ctx, (ctx) => describeSpaces(ctx, knowledgeBaseId));
  const spaceId = spaces.find(({ status }) => status === "building")?.id ?? "";
  await buildEmbedding(ctx, { knowledgeBaseId, spaceId }, { lastTry: true });
  expect((await getEmbedding(ctx, { knowledgeBaseId })).active).toMatchObject({
    model,
    connection: "connected",
  });

  const first = async (query: string) => {
    const found = await searchKnowledge(ctx, { knowledgeBaseId, query, limit: 1 });
    expect(found.isByMeaning).toBe(true);
    return ids.get(found.passages[0]?.documentId ?? "");
  };
  expect(await first("money back")).toBe(texts.fr);
  expect(await first("متى استرداد")).toBe(texts.fr);
  expect(await first("delivery time")).toBe(texts.ar);
  expect(await first("quand ouvre la boutique")).toBe(texts.en);
});
