import { detectLanguage } from "../../../platform/text/index.ts";
import { sentiments, severities } from "../../conversations/index.ts";
import { classify, confidenceOf, type IntentModel } from "../../intents/index.ts";
import type { MessageClassification } from "../assist.schema.ts";
import { actOn } from "./act-on.ts";
import { inCueForm } from "./cues.ts";
import { entitiesOf } from "./entities.ts";
import { generalIntent } from "./intents.ts";
import { judgeSentiment } from "./judge-sentiment.ts";
import { judgeSeverity } from "./judge-severity.ts";

/** What a text was told to be, before anything follows from it. */
export type Judged = Pick<
  MessageClassification,
  "intent" | "intentConfidence" | "severity" | "severityConfidence" | "sentiment" | "sentimentScore"
>;

/** What tells, without a connected model: what was learnt, and rules. */
export interface PlainModels {
  intent: IntentModel;
  severity: IntentModel | null;
  sentiment: IntentModel | null;
  /** An intent whose last example was taken away is told no more. */
  allowed: ReadonlySet<string>;
}

/** What a text wants, how bad it is and how its writer feels, without a connected model. Takes about a millisecond. */
export function judgePlainly(models: PlainModels, text: string): Judged {
  const words = inCueForm(text);
  const { ranking, isInScope } = classify(models.intent, text);
  const named = ranking.filter(({ intent }) => models.allowed.has(intent));
  const best = isInScope ? named[0] : undefined;
  const intent = best?.intent ?? generalIntent;
  const intentConfidence = best ? surely(confidenceOf(named, models.intent.sharpness)) : 0.3;
  return {
    intent,
    intentConfidence,
    ...severityOf(models, text, words, intent),
    ...feelingOf(models, text, words),
  };
}

/** What was taught decides where it is sure; else the rules do. */
function severityOf(models: PlainModels, text: string, words: string, intent: string) {
  const told = models.severity && classify(models.severity, text);
  const taught = told?.isInScope ? severities.find((name) => name === told.ranking[0]?.intent) : undefined;
  if (told && taught)
    return {
      severity: taught,
      severityConfidence: surely(confidenceOf(told.ranking, models.severity?.sharpness ?? 1)),
    };
  const { severity, confidence } = judgeSeverity(words, intent);
  return { severity, severityConfidence: confidence };
}

/** To hundredths: more says no more. */
const surely = (confidence: number) => Math.round(confidence * 100) / 100;

const scores = { positive: 0.6, neutral: 0, negative: -0.6 } as const;

function feelingOf(models: PlainModels, text: string, words: string) {
  const ruled = judgeSentiment(words);
  const told = models.sentiment && classify(models.sentiment, text);
  const taught = told?.isInScope ? sentiments.find((name) => name === told.ranking[0]?.intent) : undefined;
  if (taught === undefined || taught === ruled.sentiment) {
    return { sentiment: ruled.sentiment, sentimentScore: ruled.score };
  }
  return { sentiment: taught, sentimentScore: scores[taught] };
}

/** All that is said of a text, once it was judged one way or the other. */
export function describe(
  judged: Judged,
  text: string,
  slaTier?: string,
): Omit<MessageClassification, "modelVersion" | "method" | "fallbackReason"> {
  return {
    ...judged,
    entities: entitiesOf(text),
    ...actOn(judged, inCueForm(text), slaTier),
    language: detectLanguage(text),
  };
}
