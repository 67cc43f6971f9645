import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDb } from "../../../../../../tests/harness/database.ts";
import type { Db } from "../../../platform/db/index.ts";
import { readQuestionSet } from "../../../platform/text/testing/squad.ts";
import {
  readConversations,
  type SpokenQuestion,
  withTalkBefore,
} from "../../retrieval/testing/conversations.ts";
import { type IndexTestContext, testTenant } from "../../retrieval/testing/index-world.ts";
import { indexWords, type WordIndex } from "../../retrieval/testing/word-index.ts";
import { smallTalkOf } from "./small-talk.ts";
import { understand } from "./understand.ts";

let db: Db;
let ctx: IndexTestContext;
beforeAll(async () => {
  db = await openTestDb();
  ctx = await testTenant(db);
});
afterAll(() => db.close());

/** Of the questions, the share whose answer is among the `within` best: alone, and after what was said before. */
async function found(index: WordIndex, questions: readonly SpokenQuestion[], within: number) {
  let alone = 0;
  let after = 0;
  for (const { text, context, answer } of questions) {
    const { refersBack } = understand(text, []);
    if ((await index.search(text, [], { limit: within })).found.includes(answer)) alone++;
    if ((await index.search(text, context, { limit: within, refersBack })).found.includes(answer)) after++;
  }
  return { alone: alone / questions.length, after: after / questions.length };
}

const spoken = readConversations();
/** Every eighth name of the collection, and those that the conversations are about. */
const part = spoken && partOf(spoken);

function partOf({ texts, questions }: NonNullable<typeof spoken>) {
  const names = [...new Set(texts.map(({ title }) => title))];
  const asked = new Set(questions.map(({ answer }) => texts[answer]?.title));
  const kept = new Set(names.filter((name, at) => at % 8 === 0 || asked.has(name)));
  const places = new Map<number, number>();
  const few = texts.filter(({ title }, at) => kept.has(title) && places.set(at, places.size));
  return {
    texts: few,
    questions: questions.map((each) => ({ ...each, answer: places.get(each.answer) ?? -1 })),
  };
}

describe("spoken questions to a help desk", () => {
  test.skipIf(!part)("find their answer by what was said before, which alone they do not", async () => {
    const index = await indexWords(ctx, part?.texts ?? []);
    const { alone, after } = await found(index, part?.questions ?? [], 10);
    expect(alone).toBeLessThan(0.25);
    expect(after).toBeGreaterThan(0.72);
  });

  test.skipIf(!spoken)("are never taken for small talk", () => {
    const needing = spoken?.turns.filter(({ needsKnowledge }) => needsKnowledge) ?? [];
    expect(needing.filter(({ text }) => smallTalkOf(text) !== undefined)).toEqual([]);
  });
});

describe("questions of their own", () => {
  test.each([
    ["xquad.en", 20],
    ["xquad.ar", 20],
    ["piaf.fr", 60],
  ])("%s: talk before them spoils nothing", async (name, step) => {
    const set = readQuestionSet(name);
    if (!set) return;
    expect(set.questions.filter(({ text }) => smallTalkOf(text) !== undefined)).toEqual([]);
    const index = await indexWords(ctx, set.paragraphs);
    // one question of sixty may go the other way
    const another = await found(index, withTalkBefore(set, "another", step), 1);
    const same = await found(index, withTalkBefore(set, "same", step), 1);
    expect(another.after).toBeGreaterThanOrEqual(another.alone - 0.017);
    expect(same.after).toBeGreaterThanOrEqual(same.alone - 0.017);
  });
});
