import { and, asc, eq, or, sql } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { type SavedView, type SaveView, viewFilter } from "../inbox.schema.ts";
import { savedViews } from "../inbox.tables.ts";
import { agentOf } from "./hand-off.ts";

type ViewRow = typeof savedViews.$inferSelect;

/** Views of one person; more would be no help in finding anything. */
const mostViews = 100;

/** The caller's own views and those that colleagues share, by name. */
export async function listViews(ctx: Ctx): Promise<SavedView[]> {
  const me = agentOf(ctx);
  return inTx(ctx, async (ctx) => {
    const rows = await ctx.tx
      .select()
      .from(savedViews)
      .where(
        and(
          eq(savedViews.tenantId, ctx.tenantId),
          or(eq(savedViews.ownerId, me.id), eq(savedViews.shared, true)),
        ),
      )
      .orderBy(asc(savedViews.name), asc(savedViews.id))
      .limit(10 * mostViews);
    return rows.map((row) => toView(row, me.id));
  });
}

/** Keeps a view under a name of the caller's; with an id it changes that one of theirs. */
export async function saveView(ctx: Ctx, input: SaveView): Promise<SavedView> {
  const me = agentOf(ctx);
  return inTx(ctx, async (ctx) => {
    // two that are saved at once wait for each other, so that the bound and the name hold
    await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`views/${me.id}`}))`);
    const mine = await ctx.tx
      .select()
      .from(savedViews)
      .where(and(eq(savedViews.tenantId, ctx.tenantId), eq(savedViews.ownerId, me.id)));
    const before = input.id === undefined ? null : (mine.find(({ id }) => id === input.id) ?? null);
    if (input.id !== undefined && !before) throw notFound("The view");
    if (mine.some(({ id, name }) => name === input.name && id !== input.id)) {
      throw new AppError("CONFLICT", `You have a view named "${input.name}" already. Choose another name.`);
    }
    if (!before && mine.length >= mostViews) {
      throw new AppError(
        "CONFLICT",
        `You have ${mostViews} views, which is as many as there may be. Delete one.`,
      );
    }
    const { name, filter, shared } = input;
    const [row] = await ctx.tx
      .insert(savedViews)
      .values({
        tenantId: ctx.tenantId,
        id: before?.id ?? newId(),
        ownerId: me.id,
        name,
        filter,
        shared,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      })
      .onConflictDoUpdate({
        target: [savedViews.tenantId, savedViews.id],
        set: { name, filter, shared, updatedAt: ctx.now() },
      })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The view was not written.");
    await audit(ctx, "view.saved", row.id, before, row);
    return toView(row, me.id);
  });
}

/** Deletes a view of the caller's own. */
export async function deleteView(ctx: Ctx, input: { id: string }): Promise<void> {
  const me = agentOf(ctx);
  await inTx(ctx, async (ctx) => {
    const [row] = await ctx.tx
      .delete(savedViews)
      .where(
        and(
          eq(savedViews.tenantId, ctx.tenantId),
          eq(savedViews.ownerId, me.id),
          eq(savedViews.id, input.id),
        ),
      )
      .returning();
    if (!row) throw notFound("The view");
    await audit(ctx, "view.deleted", row.id, row, null);
  });
}

function toView({ id, name, shared, filter, ownerId }: ViewRow, me: string): SavedView {
  return { id, name, shared, isMine: ownerId === me, filter: viewFilter.parse(filter) };
}

function audit(ctx: TxCtx, action: string, id: string, before: ViewRow | null, after: ViewRow | null) {
  const about = ({ name, shared, filter }: ViewRow) => ({ name, shared, filter });
  return recordAudit(ctx, {
    action,
    subjectType: "view",
    subjectId: id,
    ...(before ? { before: about(before) } : {}),
    ...(after ? { after: about(after) } : {}),
  });
}
