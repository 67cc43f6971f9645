import { and, asc, eq, ilike, or } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { containing } from "../../../platform/db/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import type { CannedReply, CreateCannedReply } from "../inbox.schema.ts";
import { cannedReplies } from "../inbox.tables.ts";

type ReplyRow = typeof cannedReplies.$inferSelect;

/** By shortcut; `search` stands in the shortcut or the text. */
export async function listCannedReplies(
  ctx: Ctx,
  input: { search?: string | undefined; language?: ReplyRow["language"] | undefined; limit: number },
): Promise<CannedReply[]> {
  assertCan(ctx.actor, "answer conversations");
  const pattern = input.search && containing(input.search);
  return inTx(ctx, async (ctx) => {
    const rows = await ctx.tx
      .select()
      .from(cannedReplies)
      .where(
        and(
          eq(cannedReplies.tenantId, ctx.tenantId),
          input.language && eq(cannedReplies.language, input.language),
          pattern
            ? or(ilike(cannedReplies.shortcut, pattern), ilike(cannedReplies.text, pattern))
            : undefined,
        ),
      )
      .orderBy(asc(cannedReplies.shortcut), asc(cannedReplies.language))
      .limit(input.limit);
    return rows.map(toReply);
  });
}

export async function getCannedReply(ctx: Ctx, input: { id: string }): Promise<CannedReply> {
  assertCan(ctx.actor, "answer conversations");
  return inTx(ctx, async (ctx) => toReply(await find(ctx, input.id)));
}

export async function createCannedReply(ctx: Ctx, input: CreateCannedReply): Promise<CannedReply> {
  assertCan(ctx.actor, "answer conversations");
  return inTx(ctx, async (ctx) => {
    const [row] = await ctx.tx
      .insert(cannedReplies)
      .values({ tenantId: ctx.tenantId, id: newId(), ...input, createdAt: ctx.now(), updatedAt: ctx.now() })
      .onConflictDoNothing()
      .returning();
    if (!row) throw taken(input.shortcut);
    await audit(ctx, "canned-reply.created", row.id, null, row);
    return toReply(row);
  });
}

export async function updateCannedReply(
  ctx: Ctx,
  input: { id: string } & Partial<CreateCannedReply>,
): Promise<CannedReply> {
  assertCan(ctx.actor, "answer conversations");
  const { id, ...change } = input;
  return inTx(ctx, async (ctx) => {
    const before = await find(ctx, id);
    const next = { ...before, ...change, updatedAt: ctx.now() };
    const [twin] = await ctx.tx
      .select()
      .from(cannedReplies)
      .where(
        and(
          eq(cannedReplies.tenantId, ctx.tenantId),
          eq(cannedReplies.shortcut, next.shortcut),
          eq(cannedReplies.language, next.language),
        ),
      );
    if (twin && twin.id !== id) throw taken(next.shortcut);
    await ctx.tx
      .update(cannedReplies)
      .set(next)
      .where(and(eq(cannedReplies.tenantId, ctx.tenantId), eq(cannedReplies.id, id)));
    await audit(ctx, "canned-reply.updated", id, before, next);
    return toReply(next);
  });
}

export async function deleteCannedReply(ctx: Ctx, input: { id: string }): Promise<void> {
  assertCan(ctx.actor, "answer conversations");
  await inTx(ctx, async (ctx) => {
    const before = await find(ctx, input.id);
    await ctx.tx
      .delete(cannedReplies)
      .where(and(eq(cannedReplies.tenantId, ctx.tenantId), eq(cannedReplies.id, input.id)));
    await audit(ctx, "canned-reply.deleted", input.id, before, null);
  });
}

async function find(ctx: TxCtx, id: string): Promise<ReplyRow> {
  const [row] = await ctx.tx
    .select()
    .from(cannedReplies)
    .where(and(eq(cannedReplies.tenantId, ctx.tenantId), eq(cannedReplies.id, id)))
    .for("update");
  if (!row) throw notFound("The canned reply");
  return row;
}

function taken(shortcut: string): AppError {
  return new AppError(
    "CONFLICT",
    `"${shortcut}" is the shortcut of another reply in this language. Choose another.`,
  );
}

function toReply({ id, shortcut, text, language }: ReplyRow): CannedReply {
  return { id, shortcut, text, language };
}

function audit(ctx: TxCtx, action: string, id: string, before: ReplyRow | null, after: ReplyRow | null) {
  return recordAudit(ctx, {
    action,
    subjectType: "canned-reply",
    subjectId: id,
    ...(before ? { before: toReply(before) } : {}),
    ...(after ? { after: toReply(after) } : {}),
  });
}
