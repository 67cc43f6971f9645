import { and, asc, eq, inArray } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { type Person, type PersonalData, withoutWords } from "../customers/index.ts";
import { slackEvents } from "./mirror/mirror.tables.ts";
import { customerUpdates, resolutionEtas, resolutions, resolutionUpdates } from "./resolutions.tables.ts";
import { swarmMessages, swarms } from "./swarms.tables.ts";

export const resolutionsPersonalData: PersonalData = {
  tables: {
    resolutions: "cause and fix lose what names the person",
    resolution_updates: "lose what names the person",
    resolution_etas: "reasons lose what names the person",
    customer_updates: "what the person was told loses what names them",
    swarms: "names lose what names the person",
    swarm_participants: "colleagues only",
    swarm_messages: "lose what names the person",
    swarm_mirrors: "the channel's name, which is the swarm's; what is in Slack is the workspace's own",
    slack_events: "words that wait for the swarm lose what names the person",
  },
  async erase(ctx, person) {
    const ids = await idsOf(ctx, person.conversationIds);
    if (ids.length === 0 || person.words.length === 0) return;
    const { tenantId } = ctx;
    await ctx.tx
      .update(resolutions)
      .set({
        rootCause: withoutWords(resolutions.rootCause, person),
        fixDescription: withoutWords(resolutions.fixDescription, person),
      })
      .where(and(eq(resolutions.tenantId, tenantId), inArray(resolutions.id, ids)));
    await ctx.tx
      .update(resolutionUpdates)
      .set({ content: withoutWords(resolutionUpdates.content, person) })
      .where(and(eq(resolutionUpdates.tenantId, tenantId), inArray(resolutionUpdates.resolutionId, ids)));
    await ctx.tx
      .update(resolutionEtas)
      .set({ reason: withoutWords(resolutionEtas.reason, person) })
      .where(and(eq(resolutionEtas.tenantId, tenantId), inArray(resolutionEtas.resolutionId, ids)));
    await ctx.tx
      .update(customerUpdates)
      .set({ content: withoutWords(customerUpdates.content, person) })
      .where(and(eq(customerUpdates.tenantId, tenantId), inArray(customerUpdates.resolutionId, ids)));
    await eraseFromSwarms(ctx, ids, person);
  },
  async read(ctx, conversationIds) {
    const ids = await idsOf(ctx, conversationIds);
    if (ids.length === 0) return { updates: [] };
    const told = await ctx.tx
      .select({ content: customerUpdates.content, sentAt: customerUpdates.createdAt })
      .from(customerUpdates)
      .where(and(eq(customerUpdates.tenantId, ctx.tenantId), inArray(customerUpdates.resolutionId, ids)))
      .orderBy(asc(customerUpdates.createdAt));
    return { updates: told };
  },
};

async function idsOf(ctx: TxCtx, conversationIds: string[]): Promise<string[]> {
  if (conversationIds.length === 0) return [];
  const rows = await ctx.tx
    .select({ id: resolutions.id })
    .from(resolutions)
    .where(and(eq(resolutions.tenantId, ctx.tenantId), inArray(resolutions.conversationId, conversationIds)));
  return rows.map(({ id }) => id);
}

async function eraseFromSwarms(ctx: TxCtx, resolutionIds: string[], person: Person): Promise<void> {
  await ctx.tx
    .update(swarms)
    .set({ name: withoutWords(swarms.name, person) })
    .where(and(eq(swarms.tenantId, ctx.tenantId), inArray(swarms.resolutionId, resolutionIds)));
  const theirs = ctx.tx
    .select({ id: swarms.id })
    .from(swarms)
    .where(and(eq(swarms.tenantId, ctx.tenantId), inArray(swarms.resolutionId, resolutionIds)));
  await ctx.tx
    .update(swarmMessages)
    .set({ text: withoutWords(swarmMessages.text, person) })
    .where(and(eq(swarmMessages.tenantId, ctx.tenantId), inArray(swarmMessages.swarmId, theirs)));
  await ctx.tx
    .update(slackEvents)
    .set({ text: withoutWords(slackEvents.text, person) })
    .where(and(eq(slackEvents.tenantId, ctx.tenantId), inArray(slackEvents.swarmId, theirs)));
}
