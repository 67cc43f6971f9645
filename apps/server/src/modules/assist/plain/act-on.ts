import type { MessageClassification } from "../assist.schema.ts";
import { cues } from "./cues.ts";
import { generalIntent, skillsOf } from "./intents.ts";

const asksForSomeone = cues(
  ...["speak to a manager", "talk to a manager", "your manager", "supervisor", "lawyer", "legal action"],
  ...["speak to a human", "talk to a human", "real person", "parler à un responsable", "avocat", "un humain"],
  ...["التحدث إلى المدير", "المدير", "محام", "شخص حقيقي"],
);
const highTiers = new Set(["enterprise", "premium", "platinum", "gold", "vip"]);

/** What to do with a message, from what was told of it. `text` is in cue form. */
export function actOn(
  told: Pick<MessageClassification, "intent" | "severity" | "sentimentScore">,
  text: string,
  slaTier?: string,
): Pick<MessageClassification, "suggestedAction" | "suggestedSkills" | "escalationRecommended"> {
  const isGrave = told.severity === "P1";
  const isFirstClass = slaTier !== undefined && highTiers.has(slaTier.toLowerCase());
  const escalationRecommended =
    told.severity === "P0" ||
    asksForSomeone(text) > 0 ||
    told.intent === "security_concern" ||
    (isGrave && (told.sentimentScore <= -0.75 || (isFirstClass && told.sentimentScore <= -0.7)));
  const isQuestion =
    told.severity === "P3" && (told.intent === "how_to_guidance" || told.intent === generalIntent);
  return {
    suggestedAction: escalationRecommended ? "escalate" : isQuestion ? "respond" : "route",
    suggestedSkills: skillsOf(told.intent),
    escalationRecommended,
  };
}
