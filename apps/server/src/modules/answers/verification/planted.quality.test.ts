import { expect, test } from "vitest";
import { isStopWord, type Language, sentences, tokenize } from "../../../platform/text/index.ts";
import { type QuestionSet, readQuestionSet } from "../../../platform/text/testing/squad.ts";
import { verifyAnswer } from "./index.ts";

/** A sentence of a real paragraph with one change; undefined if the sentence offers no place for it. */
type Change = (sentence: string, other: string) => string | undefined;

const replaceFirst = (text: string, pattern: RegExp, by: (found: string) => string): string | undefined => {
  const changed = text.replace(pattern, (found) => by(found));
  return changed === text ? undefined : changed;
};

const NAME = /(?<=\p{Ll},? )\p{Lu}\p{Ll}{2,}(?: \p{Lu}\p{Ll}{2,})*/u;
const changeNumber: Change = (sentence) =>
  replaceFirst(sentence, /(?<![\p{L}\p{Nd}.,-])\p{Nd}{2,}(?![\p{L}\p{Nd}.,-])/u, (found) =>
    String(Number(found) + 13),
  );
/** A name of another sentence of the same paragraph: the hard case, since the source does hold it. */
const swapName: Change = (sentence, other) => {
  const name = NAME.exec(other)?.[0];
  return name === undefined || sentence.includes(name) ? undefined : replaceFirst(sentence, NAME, () => name);
};
const foreignName: Change = (sentence) => replaceFirst(sentence, NAME, () => "Valtameri");
const insertNot: Record<string, Change> = {
  en: (sentence) =>
    /\b(?:not|no|never|without)\b|n't/.test(sentence)
      ? undefined
      : replaceFirst(
          sentence,
          /\b(?:is|was|are|were|can|could|will|would|has|had|have)\b(?= \p{Ll})/u,
          (found) => `${found} not`,
        ),
  fr: (sentence) =>
    /\b(?:pas|ne|jamais|sans)\b|n['’]/.test(sentence)
      ? undefined
      : replaceFirst(sentence, /(?<= )(?:est|était)(?= )/u, (found) => `n'${found} pas`),
  ar: (sentence) =>
    /(?<!\p{L})(?:لا|لم|لن|ليس|ليست|غير|دون|بدون)(?!\p{L})/u.test(sentence)
      ? undefined
      : replaceFirst(sentence, /(?<= )(?=(?:كان|كانت|يتم|يمكن|تم|يكون|تكون)(?!\p{L}))/u, () => "لم "),
};
const removeNot: Record<string, Change> = {
  en: (sentence) => replaceFirst(sentence, /(?<=\p{L}) (?:not|never)(?= )(?! only)/u, () => ""),
  fr: (sentence) =>
    /\bque\b/.test(sentence)
      ? undefined
      : replaceFirst(sentence, /(?:\bne |\bn['’])(\S+) pas\b/u, (found) =>
          found.replace(/^(?:ne |n['’])/, "").replace(/ pas$/, ""),
        ),
  ar: (sentence) => replaceFirst(sentence, /(?<= )(?:لا|لم|لن|ليس|ليست) (?!فقط)/u, () => ""),
};
/** Arabic has no capitals, so a content word of another sentence replaces one of this sentence. */
const swapWord: Change = (sentence, other) => {
  const content = (text: string) =>
    tokenize(text).filter(({ term }) => term.length > 4 && !isStopWord(term, "ar") && !/\d/.test(term));
  const own = content(sentence);
  const target = own[Math.floor(own.length / 2)];
  const by = content(other).find(({ term }) => !own.some((word) => word.term === term));
  if (!target || !by || own.length < 5) return undefined;
  return sentence.slice(0, target.start) + other.slice(by.start, by.end) + sentence.slice(target.end);
};

const HONEST: Record<string, Change> = {
  verbatim: (sentence) => sentence,
  "adverb dropped": (sentence) =>
    replaceFirst(
      sentence,
      /(?<=\p{L}) (?:\p{Ll}+ly|\p{Ll}+ment|also|very|aussi|très|أيضاً|أيضا|جداً|جدا)(?= \p{L})/u,
      () => "",
    ),
  "clauses reordered": (sentence) => {
    const parts = /^([^,،"()]{15,}), ([^,،"()]{15,}?)([.]?)$/u.exec(sentence.replaceAll("،", ","));
    return parts ? `${parts[2]}, ${parts[1]}${parts[3]}` : undefined;
  },
  "last clause dropped": (sentence) =>
    /^(.{30,}), [^,]{10,}\.$/u.exec(sentence.replaceAll("،", ","))?.[1]?.concat("."),
};

/** Flags one changed sentence per place; SHOW=missed or SHOW=flagged prints examples of each. */
function measure(set: QuestionSet, language: Language, change: Change) {
  let wrong = 0;
  let all = 0;
  const examples: string[] = [];
  set.paragraphs.forEach((paragraph, at) => {
    if (at % 3 !== 0) return;
    const found = sentences(paragraph.text, language).map((sentence) => sentence.text);
    found.forEach((sentence, place) => {
      if (sentence.length < 40 || /[?؟]/.test(sentence)) return;
      const changed = change(sentence, found[(place + 1) % found.length] ?? "");
      if (changed === undefined) return;
      const { claims } = verifyAnswer({
        answer: `${changed} [1]`,
        passages: [{ number: 1, ...paragraph }],
        language,
      });
      all++;
      const unsupported = claims.filter((claim) => claim.verdict === "unsupported");
      if (unsupported.length > 0) wrong++;
      if (process.env.SHOW && unsupported.length > 0 === (process.env.SHOW === "flagged")) {
        examples.push(
          `${changed}\n      ${unsupported.map((claim) => claim.reasons.join("; ")).join(" | ")}\n      was: ${sentence}`,
        );
      }
    });
  });
  return { share: all === 0 ? Number.NaN : wrong / all, all, examples };
}

const report = (line: string): boolean => process.stdout.write(`${line}\n`);
const show = (name: string, kind: string, { share, all, examples }: ReturnType<typeof measure>): void => {
  report(`${name}: ${kind}: ${share.toFixed(3)} flagged of ${all}`);
  for (const example of examples.slice(0, 6)) report(`    ${example}`);
};

const SETS: [string, Language][] = [
  ["xquad.en", "en"],
  ["piaf.fr", "fr"],
  ["xquad.ar", "ar"],
];

test.each(SETS)("planted errors are caught: %s (%s)", (name, language) => {
  const set = readQuestionSet(name);
  if (!set) return;
  const plants: Record<string, Change | undefined> = {
    "number changed": changeNumber,
    ...(language === "ar"
      ? { "word replaced": swapWord }
      : { "name from the next sentence": swapName, "name from nowhere": foreignName }),
    "negation inserted": insertNot[language],
    "negation removed": removeNot[language],
  };
  let caught = 0;
  let all = 0;
  for (const [kind, change] of Object.entries(plants)) {
    if (!change) continue;
    const result = measure(set, language, change);
    show(name, kind, result);
    caught += result.share * result.all;
    all += result.all;
  }
  report(`${name}: caught ${(caught / all).toFixed(3)} of ${all}`);
  expect(caught / all).toBeGreaterThan(0.95);
});

test.each(SETS)("honest sentences pass: %s (%s)", (name, language) => {
  const set = readQuestionSet(name);
  if (!set) return;
  let flagged = 0;
  let all = 0;
  for (const [kind, change] of Object.entries(HONEST)) {
    const result = measure(set, language, change);
    show(name, kind, result);
    flagged += (result.all && result.share) * result.all;
    all += result.all;
  }
  report(`${name}: false alarms ${(flagged / all).toFixed(3)} of ${all}`);
  expect(flagged / all).toBeLessThan(0.05);
});
