import type { Strings, Translate } from "../../../lib/i18n.ts";
import { answerStages, isAnswerStage } from "../../answers/index.ts";
import type { playgroundStrings } from "./strings.ts";

type En = typeof playgroundStrings extends Strings<infer Table> ? Table : never;

/** What is being done once `passed` is over; null: nothing was heard yet. */
export function liveWord(passed: string | null, t: Translate<En>): string {
  if (passed === null) return t("live.waiting");
  // Whether a second search follows the weighing is only known when it has happened.
  if (passed === "grade") return t("live.answer");
  const next = isAnswerStage(passed) ? answerStages[answerStages.indexOf(passed) + 1] : undefined;
  return t(`live.${next ?? "verify"}`);
}
