import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import {
  addSourceSchema,
  type KnowledgeSource,
  listPagesSchema,
  sourcePageSchema,
  sourceSchema,
  updateSourceSchema,
} from "../knowledge/index.ts";
import * as sources from "./service/bot-sources.ts";

const ofBot = z.object({ botId: z.uuid() });
const one = ofBot.extend({ sourceId: z.uuid() });

const botSourceSchema = sourceSchema.omit({ knowledgeBaseId: true }).extend({ botId: z.uuid() });

function toBotSource(
  botId: string,
  { knowledgeBaseId: _base, ...source }: KnowledgeSource,
): z.infer<typeof botSourceSchema> {
  return { ...source, botId };
}

/** Web pages and sites whose pages are documents of a bot. Not in the seed. */
export const botSourceRouter = router({
  add: protectedProcedure
    .input(ofBot.extend(addSourceSchema.shape))
    .output(botSourceSchema)
    .mutation(async ({ ctx, input }) => toBotSource(input.botId, await sources.addBotSource(ctx, input))),
  listByBotId: protectedProcedure
    .input(ofBot)
    .output(z.array(botSourceSchema))
    .query(async ({ ctx, input }) =>
      (await sources.listBotSources(ctx, input)).map((source) => toBotSource(input.botId, source)),
    ),
  refresh: protectedProcedure
    .input(one)
    .output(botSourceSchema)
    .mutation(async ({ ctx, input }) => toBotSource(input.botId, await sources.refreshBotSource(ctx, input))),
  update: protectedProcedure
    .input(one.extend(updateSourceSchema.shape))
    .output(botSourceSchema)
    .mutation(async ({ ctx, input }) => toBotSource(input.botId, await sources.updateBotSource(ctx, input))),
  delete: protectedProcedure
    .input(one)
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await sources.deleteBotSource(ctx, input);
      return { success: true } as const;
    }),
  /** The addresses that a source found and what became of each, by `state` where one is named. */
  pages: protectedProcedure
    .input(one.extend(listPagesSchema.shape))
    .output(paginatedSchema(sourcePageSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await sources.listBotSourcePages(ctx, input);
      return paginate("/trpc/botSource.pages", input, items, total);
    }),
  /** Each change of a source, live: its progress too. */
  changes: protectedProcedure.input(ofBot).subscription(async function* ({ ctx, input, signal }) {
    const changes = sources.watchBotSources(ctx, {
      ...input,
      signal: signal ?? new AbortController().signal,
    });
    for await (const change of changes) {
      yield "deleted" in change ? change : toBotSource(input.botId, change);
    }
  }),
});
