import type { Spoken } from "./wording.ts";

type Pattern = [RegExp, (...parts: string[]) => string];

/** Parts of the question, with the answer as the last of them. */
const PATTERNS: Readonly<Record<Spoken, Pattern[]>> = {
  en: [
    [
      /^who (did|does) (.+?) (\p{Ll}+)( .+)?$/iu,
      (does, who, verb, rest, a) => `${who} ${does} ${verb} ${a}${rest}`,
    ],
    [/^who(?:m)? (.+)$/i, (rest, a) => `${a} ${rest}`],
    [
      /^(?:in|on) (?:what|which) (?:year|month|date|day|century|decade) (?:did|does|do) (.+)$/i,
      (rest, a) => `In ${a}, ${rest}`,
    ],
    [
      /^(?:in|on) (?:what|which) (?:year|month|date|day|century|decade) (was|were|is|are) (.+?) (\p{Ll}+(?:ed|en|t|d|n|ght|ng)(?: .+)?)$/iu,
      (was, who, rest, a) => `${who} ${was} ${rest} in ${a}`,
    ],
    [/^(?:when|where) (?:did|does|do) (.+)$/i, (rest, a) => `${rest} in ${a}`],
    [
      /^(?:when|where) (was|were|is|are) (.+?) (\p{Ll}+(?:ed|en|t|d|n|ght|ng)(?: .+)?)$/iu,
      (was, who, rest, a) => `${who} ${was} ${rest} in ${a}`,
    ],
    [/^(?:when|where) (was|were|is|are) (.+)$/i, (was, who, a) => `${who} ${was} in ${a}`],
    [/^how many (.+?) (?:did|does|do) (.+)$/i, (what, rest, a) => `${rest} ${a} ${what}`],
    [
      /^how (?:many|much) (.+?) ((?:was|were|is|are|have|has|had|can|could|will) .+)$/i,
      (what, rest, a) => `${a} ${what} ${rest}`,
    ],
    [/^(?:what|which) (?:is|was|are|were) the name of (.+)$/i, (what, a) => `${a} is the name of ${what}`],
    [/^what (is|was|are|were) (.+)$/i, (was, what, a) => `${what} ${was} ${a}`],
    [/^(?:what|which) (?:[\p{L} ]+?) (?:did|does|do) (.+)$/iu, (rest, a) => `${rest} ${a}`],
    [/^what (?:did|does|do) (.+)$/i, (rest, a) => `${rest} ${a}`],
    [
      /^(?:what|which) (\p{L}+) (\p{Ll}+(?:ed|s) .+)$/iu,
      (what, rest, a) => `${a} is the ${what} that ${rest}`,
    ],
  ],
  fr: [
    [/^qui (.+)$/i, (rest, a) => `${a} ${rest}`],
    [/^quel(?:le)?s? (est|était|sont|étaient|fut) (.+)$/i, (est, what, a) => `${what} ${est} ${a}`],
    [
      /^(?:quand|en quelle année|à quelle date|où) (.+?) (a|est|fut|était|ont|sont)-(?:t-)?(?:il|elle|ils|elles|on) (.+)$/i,
      (who, aux, rest, a) => `${who} ${aux} ${rest} en ${a}`,
    ],
    [
      /^(?:quand|en quelle année|où) (est|a été|se trouve|se situe|fut|meurt|naît|commence|débute) (.+)$/i,
      (verb, who, a) => `${who} ${verb} en ${a}`,
    ],
    [
      /^combien (?:de |d')(.+?) (.+?) (a|ont|compte|comptent|possède|contient|y a)(?:-(?:t-)?(?:il|elle|ils|elles))?( .+)?$/i,
      (what, who, verb, rest, a) => `${who} ${verb} ${a} ${what}${rest}`,
    ],
    [/^(?:que|qu') ?(?:est-ce que|est-ce qu') ?(.+)$/i, (rest, a) => `${rest} : ${a}`],
  ],
  ar: [
    [/^من (?:هو|هي|هم|الذي|التي) (.+)$/u, (rest, a) => `${a} هو الذي ${rest}`],
    [/^(?:ما|ماذا) (?:هو|هي|هم) (.+)$/u, (rest, a) => `${rest} هو ${a}`],
    [/^(?:متى|أين|اين|في أي عام|في اي عام|في أي سنة) (.+)$/u, (rest, a) => `${rest} في ${a}`],
    [/^كم عدد (.+)$/u, (rest, a) => `عدد ${rest} هو ${a}`],
  ],
};

const LONGEST_ANSWER = 60;

/** A question of a person and its answer in one statement: "Who founded X?", "Y" gives "Y founded X." */
export function mergeQuestion(question: string, answer: string, language: Spoken): string | undefined {
  const asked = question.trim().replace(/\s*[?؟.]+$/u, "");
  const said = answer.trim().replace(/[.,;]+$/u, "");
  if (said.length > LONGEST_ANSWER || said === "") return undefined;
  for (const [pattern, merge] of PATTERNS[language]) {
    const parts = pattern.exec(asked);
    if (!parts) continue;
    const text = merge(...parts.slice(1).map((part) => part ?? ""), said)
      .replace(/\s+/g, " ")
      .trim();
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  }
  return undefined;
}
