import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { protectedProcedure, router, tenantProcedure } from "../../faces/trpc/index.ts";
import { problemStatuses } from "./problem-state.ts";
import {
  articleContent,
  articleSchema,
  articleTitle,
  clusteringSchema,
  listProblemsSchema,
  problemDetailSchema,
  problemSchema,
  statusCountsSchema,
  testSchema,
} from "./problems.schema.ts";
import { createArticle, draftArticle } from "./service/draft-article.ts";
import { approveArticle, rejectArticle, updateArticle } from "./service/manage-articles.ts";
import { mergeProblems, splitProblem, updateProblemStatus } from "./service/manage-problems.ts";
import { getArticle, listArticles } from "./service/read-articles.ts";
import { getProblem, listProblems, watchProblems } from "./service/read-problems.ts";
import { getClustering, recluster, watchClustering } from "./service/recluster.ts";
import { retestProblem } from "./service/retest.ts";

const byId = z.object({ id: z.uuid() });
const ofBot = z.object({ botId: z.uuid() });
const ofProblem = z.object({ problemId: z.uuid() });
const never = () => new AbortController().signal;

export const problemsRouter = router({
  list: tenantProcedure
    .input(listProblemsSchema)
    .output(paginatedSchema(problemSchema).extend({ counts: statusCountsSchema }))
    .query(async ({ ctx, input }) => {
      const { items, total, counts } = await listProblems(ctx, input);
      return { ...paginate("/trpc/problems.list", input, items, total), counts };
    }),
  get: tenantProcedure
    .input(byId)
    .output(problemDetailSchema)
    .query(({ ctx, input }) => getProblem(ctx, input)),
  updateStatus: tenantProcedure
    .input(byId.extend({ status: z.enum(problemStatuses) }))
    .output(problemSchema)
    .mutation(({ ctx, input }) => updateProblemStatus(ctx, input)),
  /** The one that stays is `intoId`. */
  merge: tenantProcedure
    .input(byId.extend({ intoId: z.uuid() }))
    .output(problemSchema)
    .mutation(({ ctx, input }) => mergeProblems(ctx, input)),
  /** Answers the new problem. */
  split: tenantProcedure
    .input(
      byId.extend({
        questionIds: z
          .array(z.uuid())
          .min(1)
          .max(100)
          .meta({ examples: [["00000000-0000-4000-8000-000000000000"]] }),
      }),
    )
    .output(problemSchema)
    .mutation(({ ctx, input }) => splitProblem(ctx, input)),
  recluster: tenantProcedure
    .input(ofBot)
    .output(clusteringSchema)
    .mutation(({ ctx, input }) => recluster(ctx, input)),
  /** How far the latest `recluster` of a bot is. */
  clustering: tenantProcedure
    .input(ofBot)
    .output(clusteringSchema.nullable())
    .query(({ ctx, input }) => getClustering(ctx, input)),
  clusteringChanges: protectedProcedure.input(ofBot).subscription(async function* ({ ctx, input, signal }) {
    yield* watchClustering(ctx, { ...input, signal: signal ?? never() });
  }),
  /** Asks its questions again; the result comes with `get`. */
  retest: tenantProcedure
    .input(byId)
    .output(testSchema)
    .mutation(({ ctx, input }) => retestProblem(ctx, input)),
  /** Which problem changed, live. */
  changes: protectedProcedure.input(z.object({}).optional()).subscription(async function* ({ ctx, signal }) {
    yield* watchProblems(ctx, signal ?? never());
  }),
});

/** Articles that answer a problem: drafted, edited, and approved by a person. */
export const problemArticlesRouter = router({
  /** From what colleagues replied in resolved conversations. */
  draft: tenantProcedure
    .input(ofProblem)
    .output(articleSchema)
    .mutation(({ ctx, input }) => draftArticle(ctx, input)),
  /** Written by a person; its title is the question where none is given. */
  create: tenantProcedure
    .input(ofProblem.extend({ title: articleTitle.optional(), content: articleContent }))
    .output(articleSchema)
    .mutation(({ ctx, input }) => createArticle(ctx, input)),
  listByProblemId: tenantProcedure
    .input(ofProblem)
    .output(z.array(articleSchema))
    .query(({ ctx, input }) => listArticles(ctx, input)),
  get: tenantProcedure
    .input(byId)
    .output(articleSchema)
    .query(({ ctx, input }) => getArticle(ctx, input)),
  /** `revision` is the one that was read: nobody's change is lost. */
  update: tenantProcedure
    .input(
      byId.extend({
        title: articleTitle.optional(),
        content: articleContent.optional(),
        revision: z.number().int().min(1).max(2_147_483_647).optional(),
      }),
    )
    .output(articleSchema)
    .mutation(({ ctx, input }) => updateArticle(ctx, input)),
  /** Makes it a document of the bot. */
  approve: tenantProcedure
    .input(byId.extend({ revision: z.number().int().min(1).max(2_147_483_647).optional() }))
    .output(articleSchema)
    .mutation(({ ctx, input }) => approveArticle(ctx, input)),
  reject: tenantProcedure
    .input(byId)
    .output(articleSchema)
    .mutation(({ ctx, input }) => rejectArticle(ctx, input)),
});
