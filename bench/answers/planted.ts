import { verifyAnswer } from "../../apps/server/src/modules/answers/verification/index.ts";
import type { Language } from "../../apps/server/src/platform/text/index.ts";
import type { CaseResult } from "./answer-case.ts";

type Change = (text: string) => string;

const NAME = /(?<=\p{Ll},? )\p{Lu}\p{Ll}{2,}/u;
const number: Change = (text) =>
  text.replace(/(?<![\p{L}\p{Nd}.,[-])\p{Nd}{2,}(?![\p{L}\p{Nd}.,\]-])/u, (found) =>
    String(Number(found) + 13),
  );
const name: Change = (text) => text.replace(NAME, "Valtameri");
const NEGATION: Readonly<Record<Language, Change>> = {
  en: (text) =>
    /\b(?:not|no|never)\b|n't/.test(text)
      ? text
      : text.replace(/\b(?:is|was|are|were|can|will|has|had|have)\b(?= \p{Ll})/u, "$& not"),
  fr: (text) =>
    /\b(?:pas|ne|jamais)\b|n['’]/.test(text) ? text : text.replace(/(?<= )(?:est|était)(?= )/u, "n'$& pas"),
  ar: (text) =>
    /(?<!\p{L})(?:لا|لم|لن|ليس|ليست|غير)(?!\p{L})/u.test(text)
      ? text
      : text.replace(/(?<= )(?=(?:كان|كانت|يتم|يمكن|تم|يكون|تكون)(?!\p{L}))/u, "لم "),
  other: (text) => text,
};

/** Plants one error of each kind in every answer: how many could be planted, and how many were found. */
export function plantErrors(results: readonly CaseResult[], language: Language) {
  let planted = 0;
  let found = 0;
  for (const { text, sources } of results) {
    for (const change of [number, name, NEGATION[language]]) {
      const answer = change(text);
      if (answer === text) continue;
      planted++;
      const { claims } = verifyAnswer({ answer, passages: sources, language });
      if (claims.some(({ verdict }) => verdict === "unsupported")) found++;
    }
  }
  return { planted, found };
}
