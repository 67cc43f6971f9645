import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { botWith } from "../../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../../tests/harness/server.ts";
import { contextFor } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { searchSegments } from "../../retrieval/retrieval.tables.ts";
import { writeAsFirstRelease } from "../../retrieval/testing/first-release.ts";
import { renewIndex, renewOutdatedIndexes, searchKnowledge } from "../index.ts";
import { chunks, documents } from "../knowledge.tables.ts";

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const system = (tenantId: string) =>
  contextFor(server.services, { kind: "system", name: "test" }, tenantId, null);

/** Every segment as the first release would have written it. */
async function outdate(knowledgeBaseId: string): Promise<void> {
  const ctx = system(ada.tenantId);
  const { segments, texts } = await inTx(ctx, async ({ tx }) => ({
    segments: await tx
      .select()
      .from(searchSegments)
      .where(eq(searchSegments.knowledgeBaseId, knowledgeBaseId)),
    texts: await tx
      .select({
        ordinal: chunks.ordinal,
        text: chunks.text,
        title: documents.name,
        headingPath: chunks.headingPath,
        language: chunks.language,
      })
      .from(chunks)
      .innerJoin(documents, eq(documents.id, chunks.documentId))
      .where(eq(chunks.knowledgeBaseId, knowledgeBaseId))
      .orderBy(asc(chunks.ordinal)),
  }));
  for (const segment of segments) {
    const held = texts.filter((t) => t.ordinal >= segment.firstOrdinal && t.ordinal < segment.endOrdinal);
    await writeAsFirstRelease(ctx, knowledgeBaseId, segment, held);
  }
}

test("an index of an earlier release is written anew from the documents, and finds what it found", async () => {
  const bot = await botWith(ada, {
    "Returns.md": "# Refunds\n\nMoney comes back within 14 days.\n\n# Exchanges\n\nWe exchange shoes.",
    "Hours.md": "The shop opens at nine.",
  });
  const ctx = system(ada.tenantId);
  const [document] = await inTx(ctx, ({ tx }) =>
    tx
      .select()
      .from(documents)
      .where(eq(documents.id, bot.documents[0]?.id ?? "")),
  );
  const knowledgeBaseId = document?.knowledgeBaseId ?? "";
  const search = async () => {
    const { candidates } = await searchKnowledge(ctx, { knowledgeBaseId, query: "refunds", limit: 5 });
    return candidates.map(({ passage, fields }) => [passage.text, passage.scores, fields]);
  };
  const before = await search();
  expect(before[0]?.[2]).toMatchObject({ headings: expect.any(Number) });

  await outdate(knowledgeBaseId);
  await renewOutdatedIndexes(server.services.db, system);
  // the job may be at it as well: doing it twice does no harm
  for (let i = 0; i < 5; i++) await renewIndex(ctx, { knowledgeBaseId });
  const left = await inTx(ctx, ({ tx, tenantId }) =>
    tx
      .select({ format: searchSegments.format })
      .from(searchSegments)
      .where(and(eq(searchSegments.tenantId, tenantId), eq(searchSegments.knowledgeBaseId, knowledgeBaseId))),
  );
  expect(left.every(({ format }) => format > 1)).toBe(true);
  expect(await search()).toEqual(before);
});
