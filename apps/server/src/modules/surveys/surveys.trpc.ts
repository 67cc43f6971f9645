import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { publicProcedure, router, tenantProcedure } from "../../faces/trpc/index.ts";
import { resultsInput, resultsSchema } from "./results.schema.ts";
import { createSurveyLink } from "./service/invite.ts";
import {
  createSurvey,
  deleteSurvey,
  getSurvey,
  listSurveys,
  updateSurvey,
} from "./service/manage-surveys.ts";
import { surveysOfConversation } from "./service/of-person.ts";
import { openSurvey, respondByLink } from "./service/respond.ts";
import { readResults } from "./service/results.ts";
import {
  byTokenSchema,
  conversationSurveySchema,
  listedSurveySchema,
  newSurveySchema,
  ofSurvey,
  openedSchema,
  pageOfSurveys,
  respondSchema,
  surveyChangeSchema,
  surveySchema,
} from "./surveys.schema.ts";

const success = z.object({ success: z.literal(true) });
const done = { success: true } as const;
const ofConversation = z.strictObject({ conversationId: z.uuid() });

/** Seed 000: CSAT, NPS and custom surveys, and what was answered. */
export const surveysRouter = router({
  create: tenantProcedure
    .input(newSurveySchema)
    .output(surveySchema)
    .mutation(({ ctx, input }) => createSurvey(ctx, input)),
  list: tenantProcedure
    .input(pageOfSurveys)
    .output(paginatedSchema(listedSurveySchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listSurveys(ctx, input);
      return paginate("/trpc/surveys.list", input, items, total);
    }),
  get: tenantProcedure
    .input(ofSurvey)
    .output(surveySchema)
    .query(({ ctx, input }) => getSurvey(ctx, input)),
  update: tenantProcedure
    .input(surveyChangeSchema)
    .output(surveySchema)
    .mutation(({ ctx, input }) => updateSurvey(ctx, input)),
  delete: tenantProcedure
    .input(ofSurvey)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteSurvey(ctx, input);
      return done;
    }),
  results: tenantProcedure
    .input(resultsInput)
    .output(resultsSchema)
    .query(({ ctx, input }) => readResults(ctx, input)),
  /** What was asked and answered in a conversation. */
  ofConversation: tenantProcedure
    .input(ofConversation)
    .output(z.array(conversationSurveySchema))
    .query(({ ctx, input }) => surveysOfConversation(ctx, input)),
  /** A link to hand to the customer; shown once. */
  createLink: tenantProcedure
    .input(ofSurvey.extend(ofConversation.shape))
    .output(z.object({ url: z.url(), expiresAt: z.date() }))
    .mutation(({ ctx, input }) => createSurveyLink(ctx, input)),
  /** What a link leads to. Whoever has the link may look. */
  open: publicProcedure
    .meta({ auth: "public", limit: "publicPage" })
    .input(byTokenSchema)
    .output(openedSchema)
    .query(({ ctx, input }) => openSurvey(ctx.services, { ...input, ipAddress: ctx.ipAddress })),
  /** Answers by link, once. */
  respond: publicProcedure
    .meta({ auth: "public", limit: "surveyAnswer" })
    .input(respondSchema)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await respondByLink(ctx.services, { ...input, ipAddress: ctx.ipAddress });
      return done;
    }),
});
