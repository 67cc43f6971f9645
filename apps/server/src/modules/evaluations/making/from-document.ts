import {
  analyze,
  detectLanguage,
  fold,
  isStopWord,
  plainText,
  sentences,
  tokenize,
} from "../../../platform/text/index.ts";

export interface MadeQuestion {
  question: string;
  goldAnswer: string;
  /** The sentence, as it stands in the document. */
  goldQuote: string;
}

/** Words of a sentence that says something on its own. */
const words = { least: 6, most: 40 };
/** Words of a question made of key words. */
const mostKeyWords = 7;

/**
 * Questions that a document answers, made without a model of its own sentences: a number or a name is left out and
 * asked for, and of a sentence with neither the telling words are asked. Spread over the whole document, so that its
 * end is asked about as well as its beginning.
 */
export function questionsOf(text: string, limit: number): MadeQuestion[] {
  const language = detectLanguage(text);
  const frequency = new Map<string, number>();
  for (const term of analyze(text, language)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const made = sentences(text, language).flatMap(({ text: sentence, kind }): MadeQuestion[] => {
    if (kind !== "prose" && kind !== "item") return [];
    const plain = plainText(sentence).trim();
    const tokens = tokenize(plain);
    if (tokens.length < words.least || tokens.length > words.most || plain.endsWith("?")) return [];
    const question = withGap(plain) ?? keyWords(plain, language, frequency);
    return question ? [{ ...question, goldQuote: sentence.trim() }] : [];
  });
  if (made.length <= limit) return made;
  const step = made.length / limit;
  return Array.from({ length: limit }, (_, index) => made[Math.floor(index * step)]).filter(
    (one) => one !== undefined,
  );
}

const number = /(?<![\p{L}\p{N}])\p{N}[\p{N}.,:/]*(?<=\p{N})(?:\s?[%€$£])?(?![\p{L}\p{N}])/u;
/** Two or more capitalised words that open no sentence. */
const name = /(?<=\p{L}[,;]? )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)+/u;

/** The sentence as a question for what is left out of it. */
function withGap(plain: string): Pick<MadeQuestion, "question" | "goldAnswer"> | null {
  const match = number.exec(plain) ?? name.exec(plain);
  if (!match) return null;
  const [goldAnswer] = match;
  const gapped = `${plain.slice(0, match.index)}…${plain.slice(match.index + goldAnswer.length)}`;
  const isClear = !gapped.includes(goldAnswer);
  return isClear ? { question: `${gapped.replace(/[.!…\s]+$/u, "").trim()}?`, goldAnswer } : null;
}

/** The rarest words of the sentence, in their order. */
function keyWords(
  plain: string,
  language: ReturnType<typeof detectLanguage>,
  frequency: ReadonlyMap<string, number>,
): Pick<MadeQuestion, "question" | "goldAnswer"> | null {
  const candidates = tokenize(plain)
    .map(({ start, end }) => plain.slice(start, end))
    .filter((word) => !isStopWord(fold(word), language))
    .map((word) => ({
      word,
      count: Math.min(...analyze(word, language).map((term) => frequency.get(term) ?? 1)),
    }))
    .filter(({ count }) => Number.isFinite(count));
  if (candidates.length < 3) return null;
  const rarest = new Set([...candidates].sort((a, b) => a.count - b.count).slice(0, mostKeyWords));
  const question = candidates.filter((candidate) => rarest.has(candidate)).map(({ word }) => word);
  return { question: `${question.join(" ")}?`, goldAnswer: plain };
}
