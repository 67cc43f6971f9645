import { and, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fakeVector, gate } from "../../../../../../tests/harness/embedding-server.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { queryTerms } from "../../retrieval/analysis.ts";
import { normalised } from "../../retrieval/dense/vectors.ts";
import {
  activeSpace,
  addToIndex,
  createIndex,
  describeSpaces,
  type IndexedText,
  mergeIndex,
  type SpaceReport,
  searchIndex,
} from "../../retrieval/index.ts";
import { chunks, documents, knowledgeBases } from "../knowledge.tables.ts";
import { deleteDocument } from "../service/delete-document.ts";
import { searchKnowledge } from "../service/search-knowledge.ts";
import { buildEmbedding } from "./build-embedding.ts";
import { cancelEmbedding, chooseEmbedding } from "./choose-embedding.ts";
import {
  addDocument,
  type EmbeddingWorld,
  models,
  openEmbeddingWorld,
  rewriteDocument,
} from "./testing/embedding-world.ts";

/*
 * Any order of: documents that come, change and go; models that are chosen, built, cancelled and gone back
 * to; builds that are broken off, run twice or held up. After each act the index is held against what it
 * must be.
 */

let world: EmbeddingWorld;
beforeAll(async () => {
  world = await openEmbeddingWorld();
});
afterAll(() => world.close());

type Simple =
  | { act: "add"; words: string[] }
  | { act: "delete" | "replace"; at: number; words: string[] }
  | { act: "choose"; model: number }
  | { act: "cancel" | "merge" | "search" };
type Act =
  | Simple
  | { act: "build" | "build twice" }
  | { act: "build, broken off"; after: number }
  | { act: "build, held up"; meanwhile: Simple[] };

const words = fc.array(fc.constantFrom("tea", "refund", "late", "parcel", "card"), { maxLength: 4 });
const simple: fc.Arbitrary<Simple> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant("add" as const), words }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom("delete" as const, "replace" as const),
      at: fc.nat(20),
      words,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant("choose" as const), model: fc.nat(models.length - 1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constantFrom("cancel" as const, "merge" as const, "search" as const) }),
  },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: simple },
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom("build" as const, "build twice" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant("build, broken off" as const),
      after: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("build, held up" as const),
      meanwhile: fc.array(simple, { minLength: 1, maxLength: 4 }),
    }),
  },
);

test("every search sees each live passage once, by vectors of the active model only", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
      const { ctx, knowledgeBaseId } = await world.newKnowledgeBase();
      const play = new Play(ctx, knowledgeBaseId);
      for (let i = 0; i < 3; i++) await play.do({ act: "add", words: [] });
      for (const next of acts) await play.do(next);
      await play.do({ act: "build" });
      expect(await play.building()).toBeUndefined();
    }),
    { numRuns: process.env.CI ? 30 : 10, endOnFailure: true },
  );
}, 240_000);

class Play {
  readonly ctx: Ctx;
  readonly knowledgeBaseId: string;
  readonly added: string[] = [];
  #texts = 0;

  constructor(ctx: Ctx, knowledgeBaseId: string) {
    this.ctx = ctx;
    this.knowledgeBaseId = knowledgeBaseId;
  }

  async do(next: Act): Promise<void> {
    const before = await this.active();
    switch (next.act) {
      case "build":
        await this.build({});
        break;
      case "build twice":
        await Promise.all([this.build({}), this.build({})]);
        break;
      case "build, broken off":
        await this.breakOff(next.after);
        break;
      case "build, held up":
        await this.holdUp(next.meanwhile);
        break;
      default:
        await this.simply(next);
    }
    await this.check();
    if ((await this.active()).id !== before.id) await this.compareWithFresh();
  }

  async simply(next: Simple): Promise<void> {
    const { ctx, knowledgeBaseId } = this;
    // a word of its own: no passage is a near duplicate of another
    const text = () => `anchor unique${++this.#texts} ${"words" in next ? next.words.join(" ") : ""}`;
    switch (next.act) {
      case "add":
        this.added.push(await addDocument(ctx, knowledgeBaseId, text()));
        return;
      case "delete": {
        const [documentId] = this.added.splice(next.at % Math.max(1, this.added.length), 1);
        if (documentId) await deleteDocument(ctx, { documentId });
        return;
      }
      case "replace": {
        const documentId = this.added[next.at % Math.max(1, this.added.length)];
        if (documentId) await rewriteDocument(ctx, documentId, text());
        return;
      }
      case "choose":
        await chooseEmbedding(ctx, { knowledgeBaseId, model: models[next.model] ?? "" });
        return;
      case "cancel":
        await cancelEmbedding(ctx, { knowledgeBaseId });
        return;
      case "merge":
        await mergeIndex(ctx, { knowledgeBaseId });
    }
  }

  async build({ signal }: { signal?: AbortSignal }): Promise<void> {
    const space = await this.building();
    if (!space) return;
    const input = { knowledgeBaseId: this.knowledgeBaseId, spaceId: space.id };
    await buildEmbedding(this.ctx, input, { lastTry: false, batchSize: 2, ...(signal ? { signal } : {}) });
  }

  /** The worker dies at the `after`th call of the new model. */
  async breakOff(after: number): Promise<void> {
    const model = await this.builtModel();
    const dying = new AbortController();
    let calls = 0;
    world.provider.answer = (request) => {
      if (request.model === model && ++calls === after) dying.abort(new Error("The worker died."));
      return 200;
    };
    await this.build({ signal: dying.signal }).catch((error: unknown) => {
      if (!dying.signal.aborted) throw error;
    });
    world.provider.answer = () => 200;
  }

  /** The new model's first answer is held back while other things happen. */
  async holdUp(meanwhile: Simple[]): Promise<void> {
    const model = await this.builtModel();
    const held = gate();
    world.provider.answer = async (request) => {
      if (request.model === model) await held.pass();
      return 200;
    };
    const building = this.build({});
    await Promise.race([held.reached, building]);
    for (const next of meanwhile) {
      // what is held back for the build must not be held back for a model that is in use
      if ((await this.active()).model.endsWith(model ?? "none")) break;
      await this.simply(next);
      await this.check();
    }
    held.open();
    await building;
    world.provider.answer = () => 200;
  }

  async builtModel(): Promise<string | undefined> {
    return (await this.building())?.model.split(":")[1];
  }

  spaces(): Promise<SpaceReport[]> {
    return inTx(this.ctx, (ctx) => describeSpaces(ctx, this.knowledgeBaseId));
  }

  async building(): Promise<SpaceReport | undefined> {
    return (await this.spaces()).find((space) => space.status === "building");
  }

  active() {
    return inTx(this.ctx, (ctx) => activeSpace(ctx, this.knowledgeBaseId));
  }

  /** The passages that must be found, by ordinal. */
  async live(): Promise<Map<number, IndexedText>> {
    const rows = await inTx(this.ctx, (ctx) =>
      ctx.tx
        .select({
          ordinal: chunks.ordinal,
          text: chunks.text,
          title: documents.name,
          headingPath: chunks.headingPath,
          language: chunks.language,
        })
        .from(chunks)
        .innerJoin(
          documents,
          and(eq(documents.id, chunks.documentId), eq(documents.currentVersion, chunks.version)),
        )
        .where(eq(chunks.knowledgeBaseId, this.knowledgeBaseId))
        .orderBy(chunks.ordinal),
    );
    return new Map(rows.map(({ ordinal, ...text }) => [ordinal, text]));
  }

  async check(): Promise<void> {
    const { ctx, knowledgeBaseId } = this;
    const live = await this.live();
    expect(live.size).toBe(this.added.length);
    const asked = world.provider.requests.length;
    const found = await searchKnowledge(ctx, { knowledgeBaseId, query: "anchor", limit: 50 });
    expect(found.embeddingFailure).toBeNull();
    expect(found.passages.map(({ text }) => text).sort()).toEqual(
      [...live.values()].map(({ text }) => text).sort(),
    );

    const { model } = await this.active();
    const name = model.split(":")[1] ?? "";
    const queries = world.provider.requests.slice(asked).filter(({ texts }) => texts[0] === "anchor");
    expect(queries.map((request) => request.model)).toEqual(model.startsWith("builtin") ? [] : [name]);
    if (!model.startsWith("builtin")) {
      for (const { text, scores } of found.passages) {
        expect(scores.dense).toBeCloseTo(cosine(fakeVector(name, "anchor"), fakeVector(name, text)), 2);
      }
    }
    await this.checkVectors([...live.keys()]);
  }

  /** The active space has a vector of each live passage, the others none of any other. */
  async checkVectors(live: number[]): Promise<void> {
    for (const space of await this.spaces()) {
      const { rows } = await inTx(this.ctx, ({ tx }) =>
        tx.execute<{ ordinal: number; dimensions: number }>(sql`
          select ordinal, vector_dims(embedding::vector) as dimensions from chunk_vectors
          where space_id = ${space.id} order by ordinal`),
      );
      expect(rows.every((row) => row.dimensions === space.dimensions)).toBe(true);
      const held = rows.map((row) => row.ordinal);
      if (space.status === "active") expect(held).toEqual(live);
      else expect(live).toEqual(expect.arrayContaining(held));
    }
  }

  /** Right after a switch: as an index that never had another model, scores and order. */
  async compareWithFresh(): Promise<void> {
    const { ctx, knowledgeBaseId } = this;
    const { model, dimensions } = await this.active();
    if (model.startsWith("builtin")) return;
    const name = model.split(":")[1] ?? "";
    const texts = [...(await this.live()).values()];
    const freshId = newId();
    const fresh = await inTx(ctx, async (ctx) => {
      await ctx.tx.insert(knowledgeBases).values({ tenantId: ctx.tenantId, id: freshId, name: "Fresh" });
      const space = await createIndex(ctx, { knowledgeBaseId: freshId, model, dimensions });
      await addToIndex(ctx, {
        knowledgeBaseId: freshId,
        spaceId: space.id,
        texts,
        vectors: texts.map(({ text }) => fakeVector(name, text)),
      });
      return space;
    });
    const ordinals = [...(await this.live()).keys()];
    for (const query of ["tea refund", "late parcel unique2", "card"]) {
      const search = async (id: string, spaceId: string) => {
        const dense = { spaceId, vector: normalised(fakeVector(name, query)) };
        const { candidates } = await inTx(ctx, (ctx) =>
          searchIndex(ctx, { knowledgeBaseId: id, search: { ...queryTerms(query), dense }, limit: 50 }),
        );
        return candidates;
      };
      const here = await search(knowledgeBaseId, (await this.active()).id);
      const there = await search(freshId, fresh.id);
      expect(here).toEqual(
        there.map((candidate) => ({ ...candidate, ordinal: ordinals[candidate.ordinal] })),
      );
    }
  }
}

function cosine(a: number[], b: number[]): number {
  const product = a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  return product / (Math.hypot(...a) * Math.hypot(...b));
}
