import { and, asc, count, desc, eq, ilike, inArray, type SQL, sql } from "drizzle-orm";
import { containing } from "../../platform/db/index.ts";
import { AppError, notFound } from "../../platform/errors/index.ts";
import { idSchema } from "../../platform/ids/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { can } from "../identity/index.ts";
import { countByStatus, holdsDocuments } from "../knowledge/index.ts";
import { documents } from "../knowledge/knowledge.tables.ts";
import { isInStatus, statusFrom } from "./bot-status.ts";
import type { Bot, BotPrompt, BotStatus, ListBots } from "./bots.schema.ts";
import { providerSchema } from "./bots.schema.ts";
import { botPrompts, bots } from "./bots.tables.ts";

export type BotRow = typeof bots.$inferSelect;

export async function findBot(ctx: TxCtx, id: string, options: { lock?: boolean } = {}): Promise<BotRow> {
  const query = ctx.tx
    .select()
    .from(bots)
    .where(and(eq(bots.tenantId, ctx.tenantId), eq(bots.id, id)));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound("The bot");
  return row;
}

export async function countBots(ctx: TxCtx, search?: string | undefined): Promise<number> {
  const [row] = await ctx.tx.select({ n: count() }).from(bots).where(named(ctx, search));
  return row?.n ?? 0;
}

/** A stretch of the tenant's bots, newest first. */
export async function sliceOfBots(
  ctx: TxCtx,
  { search, offset, limit }: { search?: string | undefined; offset: number; limit: number },
): Promise<BotRow[]> {
  return ctx.tx
    .select()
    .from(bots)
    .where(named(ctx, search))
    .orderBy(desc(bots.createdAt), desc(bots.id))
    .limit(limit)
    .offset(offset);
}

function named(ctx: TxCtx, search: string | undefined) {
  return and(eq(bots.tenantId, ctx.tenantId), search ? ilike(bots.name, containing(search)) : undefined);
}

/** A page of the tenant's bots, and how many there are on all pages. */
export async function listBots(ctx: TxCtx, input: ListBots): Promise<{ rows: BotRow[]; total: number }> {
  const where = and(named(ctx, input.search), input.status ? isInStatus(ctx, input.status) : undefined);
  const [totals] = await ctx.tx.select({ n: count() }).from(bots).where(where);
  const rows = await ctx.tx
    .select()
    .from(bots)
    .where(where)
    .orderBy(...orderOf(input))
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize);
  return { rows, total: totals?.n ?? 0 };
}

/** Ends in the id, so that no bot is on two pages. */
function orderOf({ sort = "createdAt", direction }: ListBots): SQL[] {
  const order = (direction ?? (sort === "name" ? "asc" : "desc")) === "asc" ? asc : desc;
  if (sort === "name") return [order(sql`lower(${bots.name})`), order(bots.createdAt), order(bots.id)];
  return [order(bots[sort]), order(bots.id)];
}

/** What callers see of bots: with their document counts, their state and their active prompts. */
export async function describeBots(ctx: TxCtx, rows: BotRow[]): Promise<Bot[]> {
  if (rows.length === 0) return [];
  const counts = await countByStatus(
    ctx,
    rows.map((row) => row.knowledgeBaseId),
  );
  const active = await ctx.tx
    .select({ id: botPrompts.id, botId: botPrompts.botId })
    .from(botPrompts)
    .where(
      and(
        eq(botPrompts.tenantId, ctx.tenantId),
        eq(botPrompts.isActive, true),
        inArray(
          botPrompts.botId,
          rows.map((row) => row.id),
        ),
      ),
    );
  const mayManage = can(ctx.actor, "manage bots");
  const promptOf = new Map(active.map((prompt) => [prompt.botId ?? "", prompt.id]));
  return rows.map((row) => {
    const of = counts.get(row.knowledgeBaseId) ?? { PENDING: 0, PROCESSING: 0, PROCESSED: 0, FAILED: 0 };
    return {
      id: row.id,
      userId: row.createdBy,
      name: row.name,
      description: row.description,
      publicUrlId: row.publicUrlId,
      templateId: row.templateId,
      personalityId: row.personalityId,
      ragConfig: row.retrieval,
      activePromptId: promptOf.get(row.id) ?? null,
      activeLlmConfigProvider: providerSchema.nullable().parse(row.modelProvider),
      unsupportedClaims: row.unsupportedClaims,
      withholdBelow: row.withholdBelow,
      judgeClaims: row.judgeClaims,
      publicPage: row.publicPage,
      documentCount: of.PENDING + of.PROCESSING + of.PROCESSED + of.FAILED,
      status: statusFrom(of),
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      can: { update: mayManage, remove: mayManage },
    };
  });
}

/** A bot by what callers name it with: its public address, or its id. Null when the tenant has none such. */
export async function findNamedBot(ctx: TxCtx, name: string): Promise<BotRow | null> {
  const isNamed = idSchema.safeParse(name).success ? eq(bots.id, name) : eq(bots.publicUrlId, name);
  const [row] = await ctx.tx
    .select()
    .from(bots)
    .where(and(eq(bots.tenantId, ctx.tenantId), isNamed));
  return row ?? null;
}

/** Every bot of the tenant, oldest first. */
export async function allBots(ctx: TxCtx): Promise<BotRow[]> {
  return ctx.tx.select().from(bots).where(eq(bots.tenantId, ctx.tenantId)).orderBy(asc(bots.createdAt));
}

/** The oldest bot that has read a document, so that it can answer; null when there is none. */
export async function firstReadyBot(ctx: TxCtx): Promise<BotRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(bots)
    .where(and(eq(bots.tenantId, ctx.tenantId), holdsDocuments(ctx, bots.knowledgeBaseId, ["PROCESSED"])))
    .orderBy(asc(bots.createdAt), asc(bots.id))
    .limit(1);
  return row ?? null;
}

/** Throws BOT_NOT_READY for a bot that has read no document yet, so that it cannot answer. */
export async function assertBotReady(ctx: TxCtx, bot: BotRow): Promise<void> {
  const counts = await countByStatus(ctx, [bot.knowledgeBaseId]);
  const of = counts.get(bot.knowledgeBaseId);
  if (of && of.PROCESSED > 0) return;
  const status = of ? statusFrom(of) : "CREATING";
  throw new AppError("BOT_NOT_READY", notReadyReasons[status], { details: { status } });
}

const notReadyReasons: Record<BotStatus, string> = {
  CREATING: "The bot has no document to answer from yet. Add one.",
  PROCESSING_DOCUMENTS: "The bot is reading its first documents. Try again in a moment.",
  ERROR: "None of the bot's documents could be read. Look at them in the studio.",
  READY: "The bot is not ready.",
  UPDATING: "The bot is not ready.",
};

/** A prompt, or a personality, which has no bot. */
export type PromptRow = typeof botPrompts.$inferSelect;
export type BotPromptRow = PromptRow & { botId: string };

export async function listPrompts(ctx: TxCtx, botId: string): Promise<BotPromptRow[]> {
  const rows = await ctx.tx
    .select()
    .from(botPrompts)
    .where(and(eq(botPrompts.tenantId, ctx.tenantId), eq(botPrompts.botId, botId)))
    .orderBy(asc(botPrompts.createdAt));
  return rows.map((row) => ({ ...row, botId }));
}

/** A bot's prompt: a personality is not found here. */
export async function findPrompt(ctx: TxCtx, id: string): Promise<BotPromptRow> {
  const [row] = await ctx.tx
    .select()
    .from(botPrompts)
    .where(and(eq(botPrompts.tenantId, ctx.tenantId), eq(botPrompts.id, id)));
  if (!row?.botId) throw notFound("The prompt");
  return { ...row, botId: row.botId };
}

/** The prompt as it is once the lock on its bot is held, behind which all changes of the bot's prompts wait. */
export async function lockPrompt(ctx: TxCtx, id: string): Promise<BotPromptRow> {
  const { botId } = await findPrompt(ctx, id);
  await findBot(ctx, botId, { lock: true });
  return findPrompt(ctx, id);
}

export function toPrompt({ tenantId: _tenant, settings: _settings, ...prompt }: BotPromptRow): BotPrompt {
  return prompt;
}

export async function activePrompt(ctx: TxCtx, botId: string) {
  const [row] = await ctx.tx
    .select()
    .from(botPrompts)
    .where(
      and(eq(botPrompts.tenantId, ctx.tenantId), eq(botPrompts.botId, botId), eq(botPrompts.isActive, true)),
    );
  return row ?? null;
}

/** The settings of the oldest bot over the document's knowledge base; null when there is none. */
export async function retrievalOfDocument(ctx: TxCtx, documentId: string) {
  const [row] = await ctx.tx
    .select({ retrieval: bots.retrieval })
    .from(documents)
    .innerJoin(
      bots,
      and(eq(bots.tenantId, documents.tenantId), eq(bots.knowledgeBaseId, documents.knowledgeBaseId)),
    )
    .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, documentId)))
    .orderBy(asc(bots.createdAt))
    .limit(1);
  return row?.retrieval ?? null;
}
