import { and, asc, eq, inArray } from "drizzle-orm";
import { idOfActor, inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { textQueue } from "../communication.jobs.ts";
import { findConnection, type MessageRow, pageOfMessages } from "../communication.queries.ts";
import type { NewText, PageOfTexts, Text } from "../communication.schema.ts";
import { communicationMessages } from "../communication.tables.ts";
import type { ConnectionKind } from "../communication.types.ts";
import { theKind } from "./open-connection.ts";

/**
 * Has a text sent by the tenant's connection; what became of it stands in `history`. A second call with the same
 * `idempotencyKey` gives the first one's message, and CONFLICT where it says something else. Throws UNAVAILABLE where
 * nothing of the kind is connected.
 */
export async function sendText(ctx: Ctx, { idempotencyKey, ...input }: NewText): Promise<Text> {
  assertCan(ctx.actor, "send messages");
  return inTx(ctx, async (ctx) => {
    const wanted = read(input);
    const known = idempotencyKey === undefined ? null : await findByKey(ctx, idempotencyKey);
    if (known) return asBefore(known, wanted);
    await assertConnected(ctx, input.kind);
    const row = await queue(ctx, { ...wanted, idempotencyKey: idempotencyKey ?? null, sealed: null });
    if (row) {
      await recordAudit(ctx, {
        action: "communication.sent",
        subjectType: "communicationMessage",
        subjectId: row.id,
        after: { kind: row.kind },
      });
      return describeText(row);
    }
    // the same call arrived twice at once, and the other was first
    const other = idempotencyKey === undefined ? null : await findByKey(ctx, idempotencyKey);
    if (!other) throw new AppError("INTERNAL", "The message was not written.");
    return asBefore(other, wanted);
  });
}

/**
 * Has a secret text sent once the caller's transaction commits: it is sealed until then, and kept nowhere afterwards.
 * Throws UNAVAILABLE where nothing of the kind is connected.
 */
export async function queueSecretText(
  ctx: TxCtx,
  input: { kind: ConnectionKind; to: string; text: string },
): Promise<void> {
  const { text, ...wanted } = read(input);
  await assertConnected(ctx, input.kind);
  await queue(ctx, { ...wanted, text: null, idempotencyKey: null, sealed: sealText(ctx, text) });
}

/** What was sent, the newest first. */
export async function listTexts(ctx: Ctx, input: PageOfTexts): Promise<{ items: Text[]; total: number }> {
  assertCan(ctx.actor, "send messages");
  return inTx(ctx, async (ctx) => {
    const { rows, total } = await pageOfMessages(ctx, input);
    return { items: rows.map(describeText), total };
  });
}

/** What was texted to these addresses: it is theirs to have. Secrets are not among it. */
export async function textsTo(ctx: TxCtx, addresses: string[]): Promise<Text[]> {
  if (addresses.length === 0) return [];
  const rows = await ctx.tx
    .select()
    .from(communicationMessages)
    .where(
      and(
        eq(communicationMessages.tenantId, ctx.tenantId),
        inArray(communicationMessages.recipient, addresses),
      ),
    )
    .orderBy(asc(communicationMessages.createdAt), asc(communicationMessages.id));
  return rows.map(describeText);
}

const sealPurpose = "communication-text";

function sealText(ctx: Pick<Ctx, "vault" | "tenantId">, text: string): string {
  return ctx.vault.seal(ctx.tenantId, sealPurpose, text);
}

/** What is to be sent; null for a secret that was settled. Throws INTERNAL for one that does not open any more. */
export function wordsOf(ctx: Pick<Ctx, "vault" | "tenantId">, { text, sealed }: MessageRow): string | null {
  return sealed === null ? text : ctx.vault.open(ctx.tenantId, sealPurpose, sealed);
}

type Wanted = { kind: ConnectionKind; recipient: string; text: string };

/** The address as the kind writes it, and the text within its bounds. */
function read({ kind: name, to, text }: { kind: ConnectionKind; to: string; text: string }): Wanted {
  const kind = theKind(name);
  if (text.length > kind.mostText) {
    throw new AppError("VALIDATION_ERROR", `${kind.title} takes at most ${kind.mostText} characters.`);
  }
  return { kind: name, recipient: kind.address(to), text };
}

/** Throws UNAVAILABLE where nothing of the kind is connected. */
export async function assertConnected(ctx: TxCtx, kind: ConnectionKind): Promise<void> {
  if (await findConnection(ctx, kind)) return;
  const { title } = theKind(kind);
  throw new AppError(
    "UNAVAILABLE",
    `No ${title} channel is connected, so that nothing can be sent by it. An administrator connects one in the settings.`,
  );
}

async function findByKey(ctx: TxCtx, key: string): Promise<MessageRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(communicationMessages)
    .where(
      and(eq(communicationMessages.tenantId, ctx.tenantId), eq(communicationMessages.idempotencyKey, key)),
    );
  return row ?? null;
}

function asBefore(known: MessageRow, wanted: Wanted): Text {
  const isSame =
    known.kind === wanted.kind && known.recipient === wanted.recipient && known.text === wanted.text;
  if (isSame) return describeText(known);
  throw new AppError("CONFLICT", "This idempotency key was used for another message. Take a new one.");
}

/** Null where another message has its idempotency key. */
async function queue(
  ctx: TxCtx,
  values: Pick<MessageRow, "kind" | "recipient" | "text" | "sealed" | "idempotencyKey">,
): Promise<MessageRow | null> {
  const [row] = await ctx.tx
    .insert(communicationMessages)
    .values({
      tenantId: ctx.tenantId,
      id: newId(),
      ...values,
      sentBy: idOfActor(ctx.actor),
      createdAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning();
  if (!row) return null;
  await ctx.jobs.enqueue(textQueue, { tenantId: ctx.tenantId, messageId: row.id });
  return row;
}

function describeText(row: MessageRow): Text {
  const { id, kind, recipient, text, status, attempts, providerId, failure, createdAt, settledAt } = row;
  return { id, kind, to: recipient, text, status, attempts, providerId, failure, createdAt, settledAt };
}
