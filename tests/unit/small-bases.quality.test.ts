import { afterAll, describe, expect, test } from "vitest";
import { testTenant } from "../../apps/server/src/modules/retrieval/testing/index-world.ts";
import { fold } from "../../apps/server/src/platform/text/index.ts";
import { answerCase } from "../../bench/answers/answer-case.ts";
import { indexSet } from "../../bench/answers/cases.ts";
import { SMALL_BASES } from "../../bench/answers/small-bases.ts";
import { openTestDb } from "../harness/database.ts";

/** What somebody asks first of a product that holds a page or five: there document frequencies say little. */
const db = await openTestDb();
const ctx = await testTenant(db);
afterAll(() => db.close());

/** What quoting by words does not reach: a question of a name only, and an Arabic verb in another person. */
const BEYOND = ["What is the capital of Norway?", "متى يصل الطرد؟"];

describe.each(Object.entries(SMALL_BASES))("%s", async (_name, { language, documents, questions }) => {
  const searchable = await indexSet(ctx, { paragraphs: documents });
  for (const [question, holds] of questions) {
    test(question, { fails: BEYOND.includes(question) }, async () => {
      const { whole: evidence } = await searchable.search(question);
      const kind = holds ? "held" : "another domain";
      const { text, confidence } = await answerCase({ kind, question, language, answers: [], evidence });
      if (holds) expect(fold(text), `of confidence ${confidence}`).toMatch(holds);
      else expect(text).toBe("");
    });
  }
});
