import {
  type Evidence,
  evidenceSignals,
  type Signals,
} from "../../apps/server/src/modules/answers/pipeline/evidence-signals.ts";
import type { IndexTestContext } from "../../apps/server/src/modules/retrieval/testing/index-world.ts";
import type { Language } from "../../apps/server/src/platform/text/index.ts";
import { readQuestionSet } from "../../apps/server/src/platform/text/testing/squad.ts";
import { holdsOne, quote } from "./answer-case.ts";
import { type CaseKind, casesOf, foreignQuestions, indexSet } from "./cases.ts";
import type { Choice } from "./regression.ts";
import { FOLDERS, readFolder } from "./support.ts";
import { SUPPORT_QUESTIONS, type SupportBase } from "./support-questions.ts";

/** A question with what was read of its evidence, and whether quoting answers it. */
export interface Gathered extends Choice {
  collection: string;
  kind: CaseKind;
  /** Of the half of the articles that constants are fitted to. */
  isSeen: boolean;
  isSupport: boolean;
  /** Asked of this knowledge base, not brought from elsewhere. */
  isOwn: boolean;
  /** Null where nothing can be quoted. */
  signals: Signals | null;
  isRight: boolean;
}

const FOREIGN = 150;

/** Every `step`-th question of a collection, with its paragraph and without, and questions of another domain. */
export async function gatherCollection(
  ctx: IndexTestContext,
  name: string,
  language: Language,
  step: number,
): Promise<Gathered[]> {
  const set = readQuestionSet(name);
  if (!set) return [];
  const titles = [...new Set(set.paragraphs.map(({ title }) => title))];
  const asked = { ...set, questions: set.questions.filter((_, at) => at % step === 0) };
  const cases = await casesOf(asked, language, await indexSet(ctx, set), foreignQuestions(language, FOREIGN));
  const gathered: Gathered[] = [];
  for (const [at, { kind, question, evidence, answers, paragraph }] of cases.entries()) {
    const article = paragraph === undefined ? at : titles.indexOf(set.paragraphs[paragraph]?.title ?? "");
    const isAnswer = (text: string): boolean => holdsOne(text, answers);
    const read = await readCase(question, language, evidence, isAnswer, paragraph);
    gathered.push({
      collection: name,
      kind,
      isSeen: article % 2 === 0,
      isSupport: false,
      isOwn: true,
      ...read,
    });
  }
  return gathered;
}

/** The natural questions to real documentation, and questions of bank customers to each of them. */
export async function gatherSupport(ctx: IndexTestContext): Promise<Gathered[]> {
  const gathered: Gathered[] = [];
  const bases: SupportBase[] = ["chatwoot", "fastify", "guide"];
  for (const base of bases) {
    const searchable = await indexSet(ctx, { paragraphs: await readFolder(FOLDERS[base]()) });
    const add = async (question: string, holds: RegExp | undefined, isOwn: boolean): Promise<void> => {
      const { whole } = await searchable.search(question);
      const read = await readCase(question, "en", whole, (text) => holds?.test(text.toLowerCase()) ?? false);
      const kind = holds ? "held" : "another domain";
      gathered.push({ collection: base, kind, isSeen: true, isSupport: true, isOwn, ...read });
    };
    for (const { question, holds } of SUPPORT_QUESTIONS.filter((one) => one.base === base)) {
      await add(question, holds, true);
    }
    for (const question of foreignQuestions("en", FOREIGN)) await add(question, undefined, false);
  }
  return gathered;
}

async function readCase(
  question: string,
  language: Language,
  evidence: Evidence,
  isAnswer: (text: string) => boolean,
  paragraph?: number,
): Promise<Pick<Gathered, "signals" | "isRight" | "options">> {
  const { signals, weighed } = evidenceSignals(question, language, evidence);
  const { text } = await quote(question, language, evidence);
  const options = weighed.sentences.map(({ features, sentence }) => ({
    values: Object.values(features),
    isRight: evidence.passages[sentence.rank]?.ordinal === paragraph && isAnswer(sentence.plain),
  }));
  return { signals: text === "" ? null : signals, isRight: isAnswer(text), options };
}
