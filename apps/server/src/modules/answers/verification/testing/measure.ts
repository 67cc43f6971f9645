import { fold, sentences } from "../../../../platform/text/index.ts";
import type { QuestionSet } from "../../../../platform/text/testing/squad.ts";
import { verifyAnswer } from "../index.ts";
import { mergeQuestion } from "./merge-question.ts";
import { REWRITES } from "./paraphrase.ts";
import { PLANTS } from "./plant.ts";
import type { Spoken } from "./wording.ts";

/** How many claims of a kind there were, how many were called unsupported, and some of those that went wrong. */
export interface Tally {
  all: number;
  flagged: number;
  examples: string[];
}

export interface Measured {
  /** True statements by the way in which they were put; a flag is a false alarm. */
  honest: Map<string, Tally>;
  /** Spoiled statements by "kind: name"; a flag is a catch. */
  planted: Map<string, Tally>;
  /** Milliseconds of one check. */
  times: number[];
}

/** Which paragraphs: constants were chosen on the even ones, figures are reported of the odd ones. */
export type Part = "even" | "odd";

/** True and spoiled claims over real passages, each checked against the passage it is from. */
export function measure(set: QuestionSet, language: Spoken, part: Part, every = 1): Measured {
  const result: Measured = { honest: new Map(), planted: new Map(), times: [] };
  const chosen = set.paragraphs.filter((_, at) => at % 2 === Number(part === "odd"));
  chosen.forEach((paragraph, at) => {
    if (at % every !== 0) return;
    const index = set.paragraphs.indexOf(paragraph);
    const found = sentences(paragraph.text, language).map(({ text }) => text);
    const claims: { way: string; text: string; place: number }[] = [];
    found.forEach((sentence, place) => {
      if (sentence.length < 40 || /[?؟]/.test(sentence)) return;
      for (const [way, rewrite] of Object.entries(REWRITES)) {
        const text = rewrite(sentence, language);
        if (text !== undefined) claims.push({ way, text, place });
      }
    });
    for (const { text, paragraph: of, answers } of set.questions) {
      const merged = of === index ? mergeQuestion(text, answers[0] ?? "", language) : undefined;
      if (merged !== undefined && isBornOut(merged, paragraph))
        claims.push({ way: "question and answer", text: merged, place: 0 });
    }
    const isFlagged = (claim: string): { flagged: boolean; why: string } => {
      const started = performance.now();
      const checked = verifyAnswer({
        answer: `${claim} [1]`,
        passages: [{ number: 1, ...paragraph }],
        language,
      });
      result.times.push(performance.now() - started);
      const unsupported = checked.claims.filter(({ verdict }) => verdict === "unsupported");
      return {
        flagged: unsupported.length > 0,
        why: unsupported.flatMap(({ reasons }) => reasons).join("; "),
      };
    };
    claims.forEach(({ way, text, place }, seed) => {
      const honest = isFlagged(text);
      count(result.honest, way, honest.flagged, honest.flagged ? `${text}\n      ${honest.why}` : undefined);
      const other = found[(place + 1) % found.length] ?? "";
      for (const { kind, name, plant } of PLANTS) {
        if (kind === "made up" && way !== "verbatim") continue;
        const spoiled = plant(text, { language, other, passage: paragraph.text, seed });
        if (spoiled === undefined || spoiled === text) continue;
        const { flagged } = isFlagged(spoiled);
        count(
          result.planted,
          `${kind}: ${name}`,
          flagged,
          flagged ? undefined : `${spoiled}\n      was: ${text} (${way})`,
        );
      }
    });
    const stray = set.paragraphs[(index + 7 * (index % 5) + 1) % set.paragraphs.length];
    for (const { text } of stray ? sentences(stray.text, language).slice(0, 2) : []) {
      if (text.length < 40 || stray === paragraph || /[?؟]/.test(text)) continue;
      const { flagged } = isFlagged(text);
      const same = stray?.title === paragraph.title ? "of the same article" : "of another article";
      count(result.planted, `made up: ${same}`, flagged, flagged ? undefined : text);
    }
  });
  return result;
}

/**
 * Askers know more than the passage says, and misspell: a number or name of theirs that is not in it makes the
 * statement one that it does not bear out.
 */
function isBornOut(claim: string, { title, text }: { title: string; text: string }): boolean {
  const known = fold(`${title} ${text}`);
  const facts = fold(claim).match(/\d+/g) ?? [];
  const names = claim.match(/(?<!^)(?<![\p{L}])\p{Lu}[\p{L}-]+/gu) ?? [];
  return facts.every((fact) => known.includes(fact)) && names.every((name) => known.includes(fold(name)));
}

function count(into: Map<string, Tally>, key: string, flagged: boolean, example: string | undefined): void {
  const tally = into.get(key) ?? { all: 0, flagged: 0, examples: [] };
  tally.all++;
  tally.flagged += Number(flagged);
  if (example !== undefined && tally.examples.length < 60) tally.examples.push(example);
  into.set(key, tally);
}

/** The tallies whose key begins so, as one. */
export function sum(tallies: Map<string, Tally>, prefix = ""): Tally {
  const total: Tally = { all: 0, flagged: 0, examples: [] };
  for (const [key, { all, flagged }] of tallies) {
    if (!key.startsWith(prefix)) continue;
    total.all += all;
    total.flagged += flagged;
  }
  return total;
}
