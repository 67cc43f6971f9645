import { verifyAnswer } from "../../apps/server/src/modules/answers/verification/index.ts";
import { PLANTS } from "../../apps/server/src/modules/answers/verification/testing/plant.ts";
import type { Language } from "../../apps/server/src/platform/text/index.ts";
import type { CaseResult } from "./answer-case.ts";

/** Plants every kind of error in every answer: how many could be planted, and how many were found. */
export function plantErrors(results: readonly CaseResult[], language: Language) {
  let planted = 0;
  let found = 0;
  if (language === "other") return { planted, found };
  for (const [seed, { text, sources }] of results.entries()) {
    const passage = sources.map((source) => source.text).join("\n");
    for (const { kind, plant } of PLANTS) {
      if (kind === "made up") continue;
      const answer = plant(text, { language, other: sources[1]?.text ?? "", passage, seed });
      if (answer === undefined || answer === text || marksOf(answer) !== marksOf(text)) continue;
      planted++;
      const { claims } = verifyAnswer({ answer, passages: sources, language });
      if (claims.some(({ verdict }) => verdict === "unsupported")) found++;
    }
  }
  return { planted, found };
}

/** A change of a citation mark is no change of what is said. */
function marksOf(text: string): string {
  return (text.match(/\[\d+\]/g) ?? []).join("");
}
