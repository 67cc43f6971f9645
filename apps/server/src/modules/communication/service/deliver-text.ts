import { and, eq, inArray, lt, ne, sql } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { findConnection, type MessageRow } from "../communication.queries.ts";
import { communicationMessages } from "../communication.tables.ts";
import type { ClosedConnection, OutgoingText } from "../kinds/kind.ts";
import { reportConnection, theKind, usable } from "./open-connection.ts";
import { wordsOf } from "./send-text.ts";

/** Days for which it can be seen what was sent. */
const keptDays = 90;

interface Attempt {
  row: MessageRow;
  text: OutgoingText;
  connection: ClosedConnection | null;
  /** Since when an earlier attempt may have come through. */
  uncertainSince: Date | null;
}

/**
 * Sends a queued text; one that is settled already is left alone. Where an earlier attempt broke off without an answer,
 * the provider is asked first whether it took the text. A refusal for good is kept as the message's failure; what may pass
 * is thrown, for the queue to try again.
 */
export async function deliverText(ctx: Ctx, { messageId }: { messageId: string }): Promise<void> {
  const attempt = await inTx(ctx, (ctx) => begin(ctx, messageId));
  if (!attempt) return;
  const { row, text, connection } = attempt;
  if (!connection) {
    await settle(ctx, row, { status: "failed", failure: "The channel was disconnected before it was sent." });
    return;
  }
  const kind = theKind(row.kind);
  try {
    const taken = await takenBefore(ctx, connection, attempt);
    const outcome = taken ?? (await kind.send(ctx, connection, text));
    if (outcome.sent) {
      await settle(ctx, row, { status: "sent", failure: null, providerId: outcome.providerId });
      await reportConnection(ctx, connection, { works: true });
      return;
    }
    await settle(ctx, row, { status: "failed", failure: outcome.failure });
    if (outcome.fault === "connection") {
      await reportConnection(ctx, connection, { works: false, error: outcome.failure });
    }
  } catch (error) {
    await noteTrouble(ctx, row, error, attempt.uncertainSince);
    throw error;
  }
}

/** After the last attempt: that it failed, and why, is kept for people to see; the connection shows it as well. */
export async function giveUpText(
  ctx: Ctx,
  { messageId }: { messageId: string },
  error: unknown,
): Promise<void> {
  const failure = reasonOf(error);
  const lost = await inTx(ctx, async (ctx) => {
    const row = await findQueued(ctx, messageId);
    return row && { row, connection: await findConnection(ctx, row.kind) };
  });
  if (!lost) return;
  await settle(ctx, lost.row, { status: "failed", failure });
  if (lost.connection) await reportConnection(ctx, lost.connection, { works: false, error: failure });
}

/** Forgets texts that were settled long ago. */
export async function tidyTexts(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - keptDays * 86_400_000);
  await inTx(ctx, (ctx) =>
    ctx.tx
      .delete(communicationMessages)
      .where(
        and(
          eq(communicationMessages.tenantId, ctx.tenantId),
          ne(communicationMessages.status, "queued"),
          lt(communicationMessages.settledAt, before),
        ),
      ),
  );
}

/** Forgets texts to these addresses: whose they are asked for it. What still waits is not sent any more. */
export async function forgetTextsTo(ctx: TxCtx, addresses: string[]): Promise<void> {
  if (addresses.length === 0) return;
  await ctx.tx
    .delete(communicationMessages)
    .where(
      and(
        eq(communicationMessages.tenantId, ctx.tenantId),
        inArray(communicationMessages.recipient, addresses),
      ),
    );
}

/** Counts the attempt and notes that it may come through; null for a text that is settled. */
async function begin(ctx: TxCtx, messageId: string): Promise<Attempt | null> {
  const row = await findQueued(ctx, messageId);
  if (!row) return null;
  const words = wordsOf(ctx, row);
  if (words === null) return null;
  const connected = await findConnection(ctx, row.kind);
  await ctx.tx
    .update(communicationMessages)
    .set({
      attempts: sql`${communicationMessages.attempts} + 1`,
      uncertainSince: row.uncertainSince ?? ctx.now(),
    })
    .where(thisMessage(ctx, messageId));
  return {
    row,
    text: { id: row.id, to: row.recipient, text: words },
    connection: connected && usable(ctx, connected),
    uncertainSince: row.uncertainSince,
  };
}

/** The provider's id of the text, where it took it in an earlier attempt; none that belongs to another message. */
async function takenBefore(ctx: Ctx, connection: ClosedConnection, { row, text, uncertainSince }: Attempt) {
  const { findSent } = theKind(row.kind);
  if (!findSent || uncertainSince === null) return null;
  const found = await findSent(ctx, connection, text, uncertainSince);
  if (found.length === 0) return null;
  const others = await inTx(ctx, (ctx) =>
    ctx.tx
      .select({ providerId: communicationMessages.providerId })
      .from(communicationMessages)
      .where(
        and(
          eq(communicationMessages.tenantId, ctx.tenantId),
          eq(communicationMessages.recipient, row.recipient),
          inArray(communicationMessages.providerId, found),
        ),
      ),
  );
  const providerId = found.find((id) => !others.some((other) => other.providerId === id));
  return providerId === undefined ? null : { sent: true as const, providerId };
}

/** Keeps why an attempt failed; where it surely sent nothing, the next one need not ask. */
async function noteTrouble(ctx: Ctx, { id }: MessageRow, error: unknown, before: Date | null): Promise<void> {
  const notSent = isAppError(error) && error.details?.notSent === true;
  await inTx(ctx, (ctx) =>
    ctx.tx
      .update(communicationMessages)
      .set({ failure: reasonOf(error), ...(notSent ? { uncertainSince: before } : {}) })
      .where(thisMessage(ctx, id)),
  );
}

async function settle(
  ctx: Ctx,
  { id, kind }: MessageRow,
  outcome: { status: "sent" | "failed"; failure: string | null; providerId?: string },
): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const [settled] = await ctx.tx
      .update(communicationMessages)
      .set({ ...outcome, sealed: null, uncertainSince: null, settledAt: ctx.now() })
      .where(thisMessage(ctx, id))
      .returning({ id: communicationMessages.id });
    if (!settled || outcome.status === "sent") return;
    await recordAudit(ctx, {
      action: "communication.messageFailed",
      subjectType: "communicationMessage",
      subjectId: id,
      after: { kind, failure: outcome.failure },
    });
  });
}

async function findQueued(ctx: TxCtx, messageId: string): Promise<MessageRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(communicationMessages)
    .where(thisMessage(ctx, messageId))
    .for("update");
  return row ?? null;
}

/** While it waits: what is settled stays as it is. */
function thisMessage(ctx: TxCtx, id: string) {
  return and(
    eq(communicationMessages.tenantId, ctx.tenantId),
    eq(communicationMessages.id, id),
    eq(communicationMessages.status, "queued"),
  );
}

/** In words for people: what else went wrong stays in the log. */
function reasonOf(error: unknown): string {
  return isAppError(error) && error.code !== "INTERNAL"
    ? error.message.slice(0, 500)
    : "Something went wrong on the server. Its log says what.";
}
