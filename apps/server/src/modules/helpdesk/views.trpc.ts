import { z } from "zod";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import * as conversations from "../conversations/index.ts";

const byId = z.object({ id: z.uuid() });
const deleted = z.object({ success: z.literal(true) });

/** Filters of the inbox by name: one's own, and those that colleagues share. */
export const viewsRouter = router({
  list: protectedProcedure
    .output(z.array(conversations.savedViewSchema))
    .query(({ ctx }) => conversations.listViews(ctx)),
  save: protectedProcedure
    .input(conversations.saveViewSchema)
    .output(conversations.savedViewSchema)
    .mutation(({ ctx, input }) => conversations.saveView(ctx, input)),
  delete: protectedProcedure
    .input(byId)
    .output(deleted)
    .mutation(async ({ ctx, input }) => {
      await conversations.deleteView(ctx, input);
      return { success: true as const };
    }),
});

/** Replies that are written often, the same for all colleagues. */
export const cannedRepliesRouter = router({
  list: protectedProcedure
    .input(
      z
        .object({
          search: z.string().trim().max(100).optional(),
          language: z.enum(["en", "fr", "ar"]).optional(),
          limit: z.number().int().min(1).max(500).default(200),
        })
        .default({ limit: 200 }),
    )
    .output(z.array(conversations.cannedReplySchema))
    .query(({ ctx, input }) => conversations.listCannedReplies(ctx, input)),
  create: protectedProcedure
    .input(conversations.createCannedReplySchema)
    .output(conversations.cannedReplySchema)
    .mutation(({ ctx, input }) => conversations.createCannedReply(ctx, input)),
  update: protectedProcedure
    .input(byId.extend(conversations.createCannedReplySchema.partial().shape))
    .output(conversations.cannedReplySchema)
    .mutation(({ ctx, input }) => conversations.updateCannedReply(ctx, input)),
  delete: protectedProcedure
    .input(byId)
    .output(deleted)
    .mutation(async ({ ctx, input }) => {
      await conversations.deleteCannedReply(ctx, input);
      return { success: true as const };
    }),
});
