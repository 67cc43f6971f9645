import { isDeepStrictEqual } from "node:util";
import { and, desc, eq } from "drizzle-orm";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { namesOf } from "../../identity/index.ts";
import type { PromptRow } from "../bots.queries.ts";
import { botPrompts, botPromptVersions } from "../bots.tables.ts";

/*
 * The only writers of a prompt's name, text and settings. Each writes the version in the caller's transaction, and
 * each of its callers holds the bot's row, or for a personality the tenant's: two changes get two numbers, one after
 * the other.
 */

export type VersionRow = typeof botPromptVersions.$inferSelect;

/** A new prompt, at version 1. */
export async function insertPrompt<Bot extends string | null>(
  ctx: TxCtx,
  prompt: Pick<PromptRow, "name" | "content" | "isActive"> & {
    botId: Bot;
    settings?: PromptRow["settings"];
  },
): Promise<PromptRow & { botId: Bot }> {
  const at = ctx.now();
  const [row] = await ctx.tx
    .insert(botPrompts)
    .values({ tenantId: ctx.tenantId, id: newId(), ...prompt, version: 1, createdAt: at, updatedAt: at })
    .returning();
  if (!row) throw new AppError("INTERNAL", "The prompt was not written.");
  await ctx.tx
    .insert(botPromptVersions)
    .values({ ...asVersion(row), createdBy: authorOf(ctx), createdAt: at });
  return { ...row, botId: prompt.botId };
}

/** The prompt with another name, text or settings, as its next version; as it was where nothing would change. */
export async function changePrompt<Row extends PromptRow>(
  ctx: TxCtx,
  before: Row,
  change: { name: string; content: string; settings?: PromptRow["settings"]; restoredFrom?: number },
): Promise<Row> {
  const { name, content, settings = before.settings, restoredFrom = null } = change;
  const isSame = isDeepStrictEqual(settings, before.settings);
  if (name === before.name && content === before.content && isSame) return before;
  if (before.version === 1) {
    // a prompt from before there were versions has its first one written down now
    await ctx.tx.insert(botPromptVersions).values(firstVersion(before)).onConflictDoNothing();
  }
  const at = ctx.now();
  const [row] = await ctx.tx
    .update(botPrompts)
    .set({ name, content, settings, version: before.version + 1, updatedAt: at })
    .where(and(eq(botPrompts.tenantId, ctx.tenantId), eq(botPrompts.id, before.id)))
    .returning();
  if (!row) throw notFound("The prompt");
  await ctx.tx
    .insert(botPromptVersions)
    .values({ ...asVersion(row), restoredFrom, createdBy: authorOf(ctx), createdAt: at });
  return { ...before, name, content, settings, version: row.version, updatedAt: row.updatedAt };
}

/** Throws CONFLICT, with who changed the prompt, where the caller began from another version than the newest. */
export async function assertNewest(ctx: TxCtx, prompt: PromptRow, baseVersion: number | undefined) {
  if (baseVersion === undefined || baseVersion === prompt.version) return;
  const newest = await findVersion(ctx, prompt, prompt.version);
  const changedBy = await authorNamed(ctx, newest);
  throw new AppError(
    "CONFLICT",
    `${changedBy?.name ?? "Someone else"} changed this prompt: it is at version ${prompt.version}, and this ` +
      `change began from version ${baseVersion}. Read the newest version and make the change again.`,
    { details: { version: prompt.version, changedBy, changedAt: newest.createdAt.toISOString() } },
  );
}

/** One version of the prompt; throws NOT_FOUND. */
export async function findVersion(ctx: TxCtx, prompt: PromptRow, version: number): Promise<VersionRow> {
  const [row] = await ctx.tx
    .select()
    .from(botPromptVersions)
    .where(
      and(
        eq(botPromptVersions.tenantId, ctx.tenantId),
        eq(botPromptVersions.promptId, prompt.id),
        eq(botPromptVersions.version, version),
      ),
    );
  if (row) return row;
  if (prompt.version === 1 && version === 1) return firstVersion(prompt);
  throw notFound("The version");
}

/** A page of the prompt's versions, newest first; their number is the prompt's own version. */
export async function listVersions(
  ctx: TxCtx,
  prompt: PromptRow,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<VersionRow[]> {
  const rows = await ctx.tx
    .select()
    .from(botPromptVersions)
    .where(and(eq(botPromptVersions.tenantId, ctx.tenantId), eq(botPromptVersions.promptId, prompt.id)))
    .orderBy(desc(botPromptVersions.version))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return rows.length === 0 && prompt.version === 1 && page === 1 ? [firstVersion(prompt)] : rows;
}

export async function authorNamed(ctx: TxCtx, { createdBy }: VersionRow) {
  if (createdBy === null) return null;
  const name = (await namesOf(ctx, [createdBy])).get(createdBy);
  return name === undefined ? null : { id: createdBy, name };
}

function asVersion({ tenantId, id, version, name, content, settings }: PromptRow) {
  return { tenantId, promptId: id, version, name, content, settings };
}

/** What a prompt without versions was at first: what it is. Nobody knows who wrote it. */
function firstVersion(prompt: PromptRow): VersionRow {
  return {
    ...asVersion(prompt),
    restoredFrom: null,
    createdBy: null,
    createdAt: prompt.createdAt,
  };
}

function authorOf(ctx: TxCtx): string | null {
  return ctx.actor.kind === "user" ? ctx.actor.userId : null;
}
