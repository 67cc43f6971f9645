export const surveyKinds = ["csat", "nps", "custom"] as const;
export type SurveyKind = (typeof surveyKinds)[number];

export const languages = ["en", "fr", "ar"] as const;
export type Language = (typeof languages)[number];

/** The same words in the languages that somebody wrote them in: one at least. */
export type Localized = Partial<Record<Language, string>>;

/** `rating`: 1 to 5; `nps`: 0 to 10; `choice`: one of the options, by its number from 0; `text`: words. */
export type Question = {
  /** Names it in answers, over all versions of the survey. */
  key: string;
  text: Localized;
  required: boolean;
} & ({ kind: "rating" | "nps" | "text" } | { kind: "choice"; options: Localized[] });

/** By the keys of the questions. */
export type Answers = Record<string, number | string>;

/** When a survey is asked. */
export interface SurveyTrigger {
  /** Of conversations with these bots; none: with any. */
  botIds: string[];
  /** Of conversations over these channels; none: over any. */
  channels: string[];
  /** Minutes after the conversation was resolved. */
  delayMinutes: number;
  /** Whether the link is mailed as well to a customer whose address is known. */
  byEmail: boolean;
  /** Days in which it can be answered. */
  openDays: number;
}
