/*
 * The whole path without a trained model, over whole collections: how often the quoted sentences hold the
 * answer, how often a question without an answer is answered all the same, and whether confidence means it.
 *
 *   node bench/answers/run.ts [collection …] [--every 4]     TEST_DATABASE_URL for PostgreSQL, else embedded
 *
 * `--every 4` asks every fourth question only.
 */
import { parseArgs } from "node:util";
import { testTenant } from "../../apps/server/src/modules/retrieval/testing/index-world.ts";
import type { Language } from "../../apps/server/src/platform/text/index.ts";
import { readQuestionSet } from "../../apps/server/src/platform/text/testing/squad.ts";
import { openTestDb } from "../../tests/harness/database.ts";
import { answerCase, type CaseResult } from "./answer-case.ts";
import { type CaseKind, casesOf, foreignQuestions, indexSet } from "./cases.ts";
import { plantErrors } from "./planted.ts";
import { reliability } from "./reliability.ts";
import { askSupport, summarise } from "./support.ts";
import type { SupportBase } from "./support-questions.ts";

/** With every how manieth question is asked: piaf.fr has 4,067. */
const SETS: readonly [string, Language, number][] = [
  ["xquad.en", "en", 1],
  ["xquad.ar", "ar", 1],
  ["piaf.fr", "fr", 3],
];
const FOREIGN = 300;

const percent = (part: number, whole: number): string =>
  whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;

const db = await openTestDb();
const ctx = await testTenant(db);
const { positionals: wanted, values: options } = parseArgs({
  allowPositionals: true,
  options: { every: { type: "string", default: "1" } },
});
const every = Math.max(1, Number(options.every));
const table: Record<string, object> = {};
const all: { kind: CaseKind; result: CaseResult }[] = [];
for (const [name, language, step] of SETS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const set = readQuestionSet(name);
  if (!set) continue;
  const searchable = await indexSet(ctx, set);
  const asked = { ...set, questions: set.questions.filter((_, at) => at % (step * every) === 0) };
  const cases = await casesOf(asked, language, searchable, foreignQuestions(language, FOREIGN));
  const results: typeof all = [];
  for (const each of cases) results.push({ kind: each.kind, result: await answerCase(each) });
  const of = (kind: CaseKind): CaseResult[] =>
    results.filter((each) => each.kind === kind).map(({ result }) => result);
  const answered = (kind: CaseKind): string =>
    percent(of(kind).filter(({ isAnswered }) => isAnswered).length, of(kind).length);
  const said = results.filter(({ result }) => result.isAnswered);
  const { planted, found } = plantErrors(
    said.filter(({ kind }) => kind === "held").map(({ result }) => result),
    language,
  );
  table[name] = {
    questions: of("held").length,
    answered: answered("held"),
    right: percent(of("held").filter(({ isRight }) => isRight).length, of("held").length),
    "right if answered": percent(
      of("held").filter(({ isRight }) => isRight).length,
      of("held").filter(({ isAnswered }) => isAnswered).length,
    ),
    "falsely, paragraph taken out": answered("taken out"),
    "falsely, another domain": answered("another domain"),
    "quotes verified": percent(said.filter(({ result }) => result.supportedShare === 1).length, said.length),
    "planted errors found": percent(found, planted),
  };
  all.push(...results);
}
console.table(table);

const grading = all.map(({ result }) => result.gradeMs).sort((a, b) => a - b);
console.log(
  `Grading: p50 ${at(grading, 0.5).toFixed(1)} ms, p95 ${at(grading, 0.95).toFixed(1)} ms of ${grading.length}`,
);
const answered = all.filter(({ result }) => result.isAnswered);
console.log(
  "Confidence against being right, of what was answered: over questions that have an answer, and over all.",
);
console.table({
  "with an answer": reliability(answered.filter(({ kind }) => kind === "held").map(({ result }) => result)),
  "of every kind": reliability(answered.map(({ result }) => result)),
});
if (wanted.length === 0) {
  console.log("Natural questions to real documentation:");
  const bases: SupportBase[] = ["chatwoot", "fastify", "guide"];
  const support = await askSupport(ctx, bases);
  console.table(
    Object.fromEntries(
      bases.map((base) => [base, summarise(support.filter(({ asked }) => asked.base === base))]),
    ),
  );
}
await db.close();

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
