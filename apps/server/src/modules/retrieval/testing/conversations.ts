import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { type QuestionSet, sharedData } from "../../../platform/text/testing/squad.ts";

/** A question at its place in a conversation, and the one text that answers it. */
export interface SpokenQuestion {
  text: string;
  /** What was said before, newest first. */
  context: string[];
  /** The place of its answer among the texts. */
  answer: number;
}

export interface Conversations {
  texts: { title: string; text: string }[];
  questions: SpokenQuestion[];
  /** Last turns, and whether a help desk had to look in its knowledge base for them. */
  turns: { text: string; needsKnowledge: boolean }[];
}

const Text = z.object({ _id: z.string(), title: z.string(), text: z.string() });
const Turn = z.object({ text: z.string() });
const Spoken = z.object({ _id: z.string(), text: z.string(), history: z.array(Turn) });
const Whole = z.object({ turns: z.array(Turn), needs_knowledge: z.boolean() });

/** The `dstc10_faq` collection; undefined, with the reason printed, if it is not there. */
export function readConversations(): Conversations | undefined {
  const folder = `${sharedData()}/retrieval/dstc10_faq`;
  if (!existsSync(folder)) {
    process.stderr.write("skipped: dstc10_faq is not in the shared test data (set PARLANCE_SHARED_DATA)\n");
    return undefined;
  }
  const rows = (file: string): string[] => {
    const bytes = readFileSync(`${folder}/${file}`);
    const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
    return text.split("\n").filter((row) => row !== "");
  };
  const texts = rows("corpus.jsonl.gz").map((row) => Text.parse(JSON.parse(row)));
  const places = new Map(texts.map(({ _id }, place) => [_id, place]));
  const answers = new Map(
    rows("qrels.tsv").map((row): [string, number] => {
      const [question = "", text = ""] = row.split("\t");
      return [question, places.get(text) ?? -1];
    }),
  );
  const questions = rows("queries.jsonl").flatMap((row) => {
    const { _id, text, history } = Spoken.parse(JSON.parse(row));
    const answer = answers.get(_id) ?? -1;
    return answer < 0 ? [] : [{ text, answer, context: history.map((turn) => turn.text).reverse() }];
  });
  const turns = rows("turns.jsonl.gz").flatMap((row) => {
    const { turns, needs_knowledge } = Whole.parse(JSON.parse(row));
    const last = turns.at(-1);
    return last ? [{ text: last.text, needsKnowledge: needs_knowledge }] : [];
  });
  return { texts, questions, turns };
}

/** Mulberry32: the same talk every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

const EXCHANGES = 3;

/**
 * The questions of a set, each after three questions with their answers about another article (`another`), or about
 * other paragraphs of its own (`same`). The answers name their article, as a bot does that cites it.
 */
export function withTalkBefore(
  { paragraphs, questions }: QuestionSet,
  subject: "another" | "same",
  step: number,
): SpokenQuestion[] {
  const next = random(5);
  const titleOf = (paragraph: number) => paragraphs[paragraph]?.title ?? "";
  return questions
    .filter((_, at) => at % step === 0)
    .map(({ text, paragraph }) => {
      const own = titleOf(paragraph);
      const others = questions.filter((each) =>
        subject === "same"
          ? titleOf(each.paragraph) === own && each.paragraph !== paragraph
          : titleOf(each.paragraph) !== own,
      );
      const first = others[Math.floor(next() * others.length)];
      const article = others.filter((each) => first && titleOf(each.paragraph) === titleOf(first.paragraph));
      const talk = Array.from({ length: EXCHANGES }, () => article[Math.floor(next() * article.length)]);
      const context = talk.flatMap((each) => {
        if (!each) return [];
        const sentence = paragraphs[each.paragraph]?.text.split(/(?<=[.!?؟])\s/)[0] ?? "";
        return [`${titleOf(each.paragraph)}. ${sentence}`, each.text];
      });
      return { text, context, answer: paragraph };
    });
}
