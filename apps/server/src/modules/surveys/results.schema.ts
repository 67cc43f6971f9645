import { z } from "zod";
import { paginatedSchema } from "../../faces/pagination.ts";
import { channels } from "../conversations/index.ts";
import { ofSurvey, questionSchema } from "./surveys.schema.ts";
import { surveyKinds } from "./surveys.types.ts";

/** The days that results are of, at most. */
export const mostDays = 366;
const day = 24 * 3_600_000;

/** Of those who were asked from `from` until before `to`. */
export const resultsInput = ofSurvey
  .extend({
    from: z.coerce.date(),
    to: z.coerce.date(),
    botId: z.uuid().optional(),
    agentId: z.uuid().optional(),
    /** Where the conversation was held when they were asked. */
    channel: z.enum(channels).optional(),
    /** Of the comments. */
    page: z.number().int().min(1).max(1_000_000).default(1),
    pageSize: z.number().int().min(1).max(100).default(20),
  })
  .refine(({ from, to }) => from < to, { message: "`from` must be earlier than `to`.", path: ["from"] })
  .refine(({ from, to }) => to.getTime() - from.getTime() <= mostDays * day, {
    message: `Ask for at most ${mostDays} days at once.`,
    path: ["from"],
  });
export type ResultsInput = z.output<typeof resultsInput>;

/** `csat`: the share of 4 and 5; `nps`: -100 to 100. Each null where nobody answered, or of another kind of survey. */
const figures = {
  invited: z.number(),
  answered: z.number(),
  responseRate: z.number().nullable(),
  averageScore: z.number().nullable(),
  csat: z.number().nullable(),
  nps: z.number().nullable(),
};
const figuresSchema = z.object(figures);
export type SurveyFigures = z.output<typeof figuresSchema>;

const ofSomebody = z.object({ id: z.uuid(), name: z.string().nullable(), ...figures });

export const resultsSchema = z.object({
  kind: z.enum(surveyKinds),
  figures: figuresSchema.extend({ opened: z.number(), dismissed: z.number() }),
  /** How often each answer was given; of questions in words, how many wrote something. */
  questions: z.array(
    z.object({
      question: questionSchema,
      answered: z.number(),
      counts: z.array(z.object({ value: z.number(), count: z.number() })),
    }),
  ),
  days: z.array(z.object({ date: z.iso.date(), ...figures })),
  bots: z.array(ofSomebody),
  agents: z.array(ofSomebody),
  comments: paginatedSchema(
    z.object({
      conversationId: z.uuid(),
      score: z.number().nullable(),
      comment: z.string().nullable(),
      /** Answers to questions in words, by the questions' keys. */
      words: z.record(z.string(), z.string()),
      createdAt: z.date(),
    }),
  ),
});
export type Results = z.output<typeof resultsSchema>;
