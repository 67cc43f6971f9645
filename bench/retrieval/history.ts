/*
 * Questions at their place in a conversation: how many find their passage alone, how many with what was said before,
 * and what talk about something else spoils. By words, as every search begins.
 *
 *   node bench/retrieval/history.ts [collection …]     TEST_DATABASE_URL for PostgreSQL, else embedded
 */
import { understand } from "../../apps/server/src/modules/answers/pipeline/understand.ts";
import {
  readConversations,
  type SpokenQuestion,
  withTalkBefore,
} from "../../apps/server/src/modules/retrieval/testing/conversations.ts";
import {
  type IndexTestContext,
  testTenant,
} from "../../apps/server/src/modules/retrieval/testing/index-world.ts";
import { indexWords } from "../../apps/server/src/modules/retrieval/testing/word-index.ts";
import { readQuestionSet } from "../../apps/server/src/platform/text/testing/squad.ts";
import { openTestDb } from "../../tests/harness/database.ts";
import { percentile } from "./collections.ts";

const table: Record<string, object> = {};
const share = (places: number[], within: number): string =>
  (places.filter((place) => place >= 0 && place < within).length / Math.max(1, places.length)).toFixed(3);

async function measure(
  ctx: IndexTestContext,
  texts: Parameters<typeof indexWords>[1],
  sets: Record<string, SpokenQuestion[]>,
): Promise<void> {
  const index = await indexWords(ctx, texts);
  for (const [name, questions] of Object.entries(sets)) {
    const alone: number[] = [];
    const after: number[] = [];
    const times: number[] = [];
    for (const { text, context, answer } of questions) {
      alone.push((await index.search(text)).found.indexOf(answer));
      const { refersBack } = understand(text, []);
      const started = performance.now();
      after.push((await index.search(text, context, { refersBack })).found.indexOf(answer));
      times.push(performance.now() - started);
    }
    table[name] = {
      questions: questions.length,
      "alone: first": share(alone, 1),
      "in ten": share(alone, 10),
      "after the talk: first": share(after, 1),
      "in ten ": share(after, 10),
      "ms p50/p95": `${percentile(times, 0.5).toFixed(1)}/${percentile(times, 0.95).toFixed(1)}`,
    };
  }
}

const db = await openTestDb();
const ctx = await testTenant(db);
const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
const spoken = isWanted("dstc10_faq") ? readConversations() : undefined;
if (spoken) {
  const half = (odd: number) => spoken.questions.filter((_, at) => at % 2 === odd);
  await measure(ctx, spoken.texts, {
    "dstc10_faq, half that was chosen on": half(0),
    "dstc10_faq, other half": half(1),
  });
}
for (const [name, step] of [
  ["xquad.en", 3],
  ["xquad.ar", 3],
  ["piaf.fr", 7],
  ["arcd.ar", 2],
] as const) {
  const set = isWanted(name) ? readQuestionSet(name) : undefined;
  if (!set) continue;
  await measure(ctx, set.paragraphs, {
    [`${name}, talk about another article`]: withTalkBefore(set, "another", step),
    [`${name}, talk about its article`]: withTalkBefore(set, "same", step),
  });
}
console.table(table);
await db.close();
