import { and, asc, count, desc, eq, ilike, inArray, isNull, ne } from "drizzle-orm";
import { containing } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { modelProviders } from "../models/models.tables.ts";
import type { PromptRow } from "./bots.queries.ts";
import { botPrompts, bots } from "./bots.tables.ts";
import type { ListPersonalities, Personality } from "./personalities.schema.ts";

/** A prompt without a bot. */
function isPersonality(ctx: TxCtx) {
  return and(eq(botPrompts.tenantId, ctx.tenantId), isNull(botPrompts.botId));
}

export async function findPersonality(ctx: TxCtx, id: string): Promise<PromptRow> {
  const [row] = await ctx.tx
    .select()
    .from(botPrompts)
    .where(and(isPersonality(ctx), eq(botPrompts.id, id)));
  if (!row) throw notFound("The personality");
  return row;
}

export async function countPersonalities(ctx: TxCtx): Promise<number> {
  const [row] = await ctx.tx.select({ n: count() }).from(botPrompts).where(isPersonality(ctx));
  return row?.n ?? 0;
}

export async function hasDefault(ctx: TxCtx): Promise<boolean> {
  const rows = await ctx.tx
    .select({ id: botPrompts.id })
    .from(botPrompts)
    .where(and(isPersonality(ctx), eq(botPrompts.isActive, true)));
  return rows.length > 0;
}

export async function isPersonalityNamed(ctx: TxCtx, name: string, except?: string): Promise<boolean> {
  const rows = await ctx.tx
    .select({ id: botPrompts.id })
    .from(botPrompts)
    .where(
      and(isPersonality(ctx), eq(botPrompts.name, name), except ? ne(botPrompts.id, except) : undefined),
    );
  return rows.length > 0;
}

/** The default first, then by name. */
export async function pageOfPersonalities(
  ctx: TxCtx,
  { page, pageSize, search }: ListPersonalities,
): Promise<{ rows: PromptRow[]; total: number }> {
  const where = and(isPersonality(ctx), search ? ilike(botPrompts.name, containing(search)) : undefined);
  const [totals] = await ctx.tx.select({ n: count() }).from(botPrompts).where(where);
  const rows = await ctx.tx
    .select()
    .from(botPrompts)
    .where(where)
    .orderBy(desc(botPrompts.isActive), asc(botPrompts.name), asc(botPrompts.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total: totals?.n ?? 0 };
}

/** Makes one personality the tenant's default. The caller holds the tenant's lock: of two, the later one stays. */
export async function makeDefault(ctx: TxCtx, id: string): Promise<void> {
  await ctx.tx
    .update(botPrompts)
    .set({ isActive: false })
    .where(and(isPersonality(ctx), eq(botPrompts.isActive, true)));
  await ctx.tx
    .update(botPrompts)
    .set({ isActive: true, updatedAt: ctx.now() })
    .where(and(isPersonality(ctx), eq(botPrompts.id, id)));
}

export async function deletePersonalityRow(ctx: TxCtx, id: string): Promise<void> {
  await ctx.tx.delete(botPrompts).where(and(isPersonality(ctx), eq(botPrompts.id, id)));
}

/** The first few bots that name a personality. */
export async function botsNaming(ctx: TxCtx, id: string): Promise<{ id: string; name: string }[]> {
  return ctx.tx
    .select({ id: bots.id, name: bots.name })
    .from(bots)
    .where(and(eq(bots.tenantId, ctx.tenantId), eq(bots.personalityId, id)))
    .orderBy(asc(bots.name), asc(bots.id))
    .limit(20);
}

/** What callers see of personalities. */
export async function describePersonalities(ctx: TxCtx, rows: PromptRow[]): Promise<Personality[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const uses = await ctx.tx
    .select({ id: bots.personalityId, n: count() })
    .from(bots)
    .where(and(eq(bots.tenantId, ctx.tenantId), inArray(bots.personalityId, ids)))
    .groupBy(bots.personalityId);
  const countOf = new Map(uses.map(({ id, n }) => [id, n]));
  return rows.map(({ id, name, content, settings, isActive, version, createdAt, updatedAt }) => {
    const { temperature, provider, model, maxTokens } = settings ?? {};
    const hasPreferences = (provider ?? model ?? maxTokens) !== undefined;
    return {
      id,
      name,
      systemPrompt: content,
      temperature: temperature ?? null,
      modelPreferences: hasPreferences
        ? {
            provider: modelProviders.find((known) => known === provider) ?? null,
            model: model ?? null,
            maxTokens: maxTokens ?? null,
          }
        : null,
      isDefault: isActive,
      version,
      botCount: countOf.get(id) ?? 0,
      createdAt,
      updatedAt,
    };
  });
}
