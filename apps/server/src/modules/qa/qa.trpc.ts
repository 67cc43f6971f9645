import { z } from "zod";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import {
  askedSchema,
  askSchema,
  feedbackSchema,
  periodSchema,
  portalConversationSchema,
  portalFiguresSchema,
  portalSettingsSchema,
  ratedInteractionSchema,
} from "./qa.schema.ts";
import { portalFigures } from "./service/analytics.ts";
import { askPortal } from "./service/ask-portal.ts";
import { getPortalConversation, rateInteraction } from "./service/conversation.ts";
import { getPortalSettings, updatePortalSettings } from "./service/portal-bot.ts";

/** Seed 003, `qaRouter`, with its field names; the last two are ours. */
export const qaRouter = router({
  ask: tenantProcedure
    .meta({ auth: "tenant", limit: "question" })
    .input(askSchema)
    .output(askedSchema)
    .mutation(({ ctx, input, signal }) =>
      askPortal(ctx, { ...input, signal: signal ?? new AbortController().signal }),
    ),
  getConversation: tenantProcedure
    .input(z.uuid())
    .output(portalConversationSchema)
    .query(({ ctx, input }) => getPortalConversation(ctx, { id: input })),
  provideFeedback: tenantProcedure
    .input(feedbackSchema)
    .output(ratedInteractionSchema)
    .mutation(({ ctx, input }) => rateInteraction(ctx, input)),
  getAnalytics: tenantProcedure
    .input(periodSchema)
    .output(portalFiguresSchema)
    .query(({ ctx, input }) => portalFigures(ctx, input)),
  getSettings: tenantProcedure.output(portalSettingsSchema).query(({ ctx }) => getPortalSettings(ctx)),
  updateSettings: tenantProcedure
    .input(z.object({ botId: z.uuid().nullable() }))
    .output(portalSettingsSchema)
    .mutation(({ ctx, input }) => updatePortalSettings(ctx, input)),
});
