import type { Format } from "../../lib/format.ts";
import type { Strings, Translate } from "../../lib/i18n.ts";
import type { Language } from "../../lib/preferences.ts";
import { candidatesOf } from "./candidates.ts";
import { dataOf, type Stage } from "./stage-data.ts";
import { isAnswerStage } from "./stages.ts";
import { answerStrings } from "./strings.ts";

type En = typeof answerStrings extends Strings<infer Table> ? Table : never;
type T = Translate<En>;

/** A stage's name; one that this console does not know keeps the server's. */
export function stageName(stage: string, t: T): string {
  return isAnswerStage(stage) ? t(`stage.${stage}`) : stage;
}

/** What a stage kept, in the reader's language; the server's sentence where there is no figure to say it by. */
export function stageOutcome(stage: Stage, t: T, format: Format, language: Language): string {
  switch (stage.stage) {
    case "understand": {
      const code = dataOf.text(stage, "language");
      const name = code === null ? null : nameOfLanguage(code, language);
      if (name === null) return stage.summary;
      const read = t("kept.understand", { language: name });
      const leansOn = dataOf.text(stage, "leansOn");
      const followed =
        leansOn === "question" || leansOn === "name" ? t(`kept.followUp.${leansOn}`, { read }) : read;
      const intent = dataOf.text(stage, "intent");
      return intent === null ? followed : t("kept.intent", { read: followed, intent });
    }
    case "retrieve":
    case "refine": {
      const list = candidatesOf(stage);
      if (list === null) return stage.summary;
      const kept = t("kept.retrieve", { count: list.chosen });
      const name = dataOf.text(stage, "takenOver");
      return name === null ? kept : t("kept.about", { kept, name });
    }
    case "grade": {
      const verdict = dataOf.text(stage, "verdict");
      const percent = format.percent(dataOf.number(stage, "confidence") ?? 0);
      return verdict === "correct" || verdict === "ambiguous" || verdict === "incorrect"
        ? t(`kept.grade.${verdict}`, { percent })
        : stage.summary;
    }
    case "answer":
      if (dataOf.text(stage, "model")?.startsWith("builtin:")) return t("kept.answer.quoted");
      return dataOf.text(stage, "model") ?? stage.summary;
    case "verify": {
      const share = dataOf.number(stage, "supportedShare");
      return share === null ? stage.summary : t("kept.verify", { percent: format.percent(share) });
    }
    default:
      return stage.summary;
  }
}

/** The heading of a column or fact; a field that this console does not know is spelled out from its name. */
export function dataWord(name: string, t: T): string {
  const key = `data.${name}`;
  if (isDataKey(key)) return t(key);
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type DataKey = Extract<keyof En, `data.${string}`>;

function isDataKey(key: string): key is DataKey {
  return Object.hasOwn(answerStrings.tables.en, key);
}

function nameOfLanguage(code: string, reader: Language): string | null {
  try {
    return new Intl.DisplayNames(reader, { type: "language", fallback: "none" }).of(code) ?? null;
  } catch {
    return null; // Not a language tag, such as "other".
  }
}
