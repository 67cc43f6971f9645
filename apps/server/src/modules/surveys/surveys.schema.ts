import { z } from "zod";
import { channels } from "../conversations/index.ts";
import { languages, surveyKinds } from "./surveys.types.ts";

const words = z.string().trim().min(1).max(500);

/** At least one language. */
export const localizedSchema = z
  .strictObject({ en: words.optional(), fr: words.optional(), ar: words.optional() })
  .refine((text) => languages.some((language) => text[language] !== undefined), {
    message: "Write the words in at least one of en, fr and ar.",
  });

const common = {
  key: z.string().regex(/^[a-z0-9_-]{1,40}$/, "Name a question by 1 to 40 of a-z, 0-9, _ and -."),
  text: localizedSchema,
  required: z.boolean().default(true),
};

export const questionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["rating", "nps", "text"]), ...common }),
  z.strictObject({ kind: z.literal("choice"), ...common, options: z.array(localizedSchema).min(2).max(10) }),
]);

export const questionsSchema = z
  .array(questionSchema)
  .min(1)
  .max(10)
  .refine((questions) => new Set(questions.map(({ key }) => key)).size === questions.length, {
    message: "Two questions have the same key. Name each differently.",
  });

export const triggerSchema = z.strictObject({
  botIds: z.array(z.uuid()).max(50),
  channels: z.array(z.enum(channels)).max(channels.length),
  delayMinutes: z
    .number()
    .int()
    .min(0)
    .max(7 * 24 * 60),
  byEmail: z.boolean(),
  openDays: z.number().int().min(1).max(90),
});

const name = z.string().trim().min(1).max(100);

export const newSurveySchema = z.strictObject({
  name,
  kind: z.enum(surveyKinds),
  /** Of a survey of CSAT or NPS: its template's, where left out. */
  questions: questionsSchema.optional(),
  trigger: triggerSchema.partial().default({}),
  enabled: z.boolean().default(false),
});
export type NewSurvey = z.output<typeof newSurveySchema>;

export const ofSurvey = z.strictObject({ surveyId: z.uuid() });

export const surveyChangeSchema = ofSurvey.extend({
  name: name.optional(),
  questions: questionsSchema.optional(),
  trigger: triggerSchema.partial().optional(),
  enabled: z.boolean().optional(),
  /** The one that was read: throws CONFLICT where somebody has saved a newer one since. */
  version: z.number().int().min(1).optional(),
});
export type SurveyChange = z.output<typeof surveyChangeSchema>;

export const surveySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(surveyKinds),
  questions: z.array(questionSchema),
  trigger: triggerSchema,
  enabled: z.boolean(),
  version: z.number(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Survey = z.output<typeof surveySchema>;

/** In the list: with what came of it so far. */
export const listedSurveySchema = surveySchema.extend({ invited: z.number(), answered: z.number() });
export type ListedSurvey = z.output<typeof listedSurveySchema>;

export const pageOfSurveys = z
  .strictObject({
    page: z.number().int().min(1).max(1_000_000).default(1),
    pageSize: z.number().int().min(1).max(100).default(20),
  })
  .prefault({});

/** What whoever is asked sees. */
export const askedSchema = z.object({
  invitationId: z.uuid(),
  kind: z.enum(surveyKinds),
  questions: z.array(questionSchema),
});
export type Asked = z.output<typeof askedSchema>;

export const mostWords = 2_000;

export const answerSchema = z.strictObject({
  answers: z
    .record(z.string().max(40), z.union([z.number().int().min(0).max(10), z.string().trim().max(mostWords)]))
    .refine((answers) => Object.keys(answers).length <= 10, { message: "At most 10 answers can be sent." }),
  comment: z.string().trim().max(mostWords).optional(),
});
export type Answer = z.output<typeof answerSchema>;

const token = z.string().min(1).max(200);
export const byTokenSchema = z.strictObject({ token });
export const respondSchema = answerSchema.extend({ token });

/** What somebody who follows a link finds. */
export const openedSchema = z.object({
  state: z.enum(["open", "answered", "expired"]),
  workspace: z.string(),
  language: z.enum(languages),
  /** Null unless it is open. */
  survey: askedSchema.nullable(),
});
export type Opened = z.output<typeof openedSchema>;

/** What was answered in a conversation, for whoever reads it. */
export const conversationSurveySchema = z.object({
  invitationId: z.uuid(),
  surveyId: z.uuid(),
  name: z.string(),
  kind: z.enum(surveyKinds),
  questions: z.array(questionSchema),
  sentAt: z.date(),
  mailedAt: z.date().nullable(),
  expiresAt: z.date(),
  dismissedAt: z.date().nullable(),
  response: z
    .object({
      answers: z.record(z.string(), z.union([z.number(), z.string()])),
      score: z.number().nullable(),
      comment: z.string().nullable(),
      createdAt: z.date(),
    })
    .nullable(),
});
export type ConversationSurvey = z.output<typeof conversationSurveySchema>;
