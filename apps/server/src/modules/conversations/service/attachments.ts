import { and, asc, eq, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";
import { fileTypeFromBuffer } from "file-type";
import { idOfActor, inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { attachmentLimits } from "../attachment.schema.ts";
import * as queries from "../conversations.queries.ts";
import type { Attachment, Message } from "../conversations.schema.ts";
import { messageAttachments } from "../conversations.tables.ts";
import { currentConversation } from "./current.ts";
import { asHarmlessFile } from "./harmless-file.ts";

export type AttachmentRow = typeof messageAttachments.$inferSelect;

/** Seconds for which an upload link and a download link work. */
const uploadSeconds = 15 * 60;
const downloadSeconds = 5 * 60;
/** Milliseconds after which a file that was never sent is thrown away. */
const forgottenAfter = 24 * 3_600_000;

export interface UploadTicket {
  attachmentId: string;
  uploadUrl: string;
  headers: Record<string, string>;
}

/** Makes place for a file of a message to come, with a link by which a browser uploads it. */
export async function attach(
  ctx: Ctx,
  input: { conversationId: string; fileName: string; contentType: string; size: number },
): Promise<UploadTicket> {
  assertSize(input.size);
  const row = await insert(ctx, input);
  const link = await ctx.blobs.presignUpload({
    key: row.blobKey,
    contentType: row.contentType,
    size: row.size,
    expiresInSeconds: uploadSeconds,
  });
  return { attachmentId: row.id, uploadUrl: link.url, headers: link.headers };
}

/**
 * Keeps files that came with the request itself, for a message to take by their ids. What each is, its bytes say. A
 * visitor's must be of a kind that does nothing by itself where it is opened.
 */
export async function keepFiles(
  ctx: Ctx,
  input: { conversationId: string; files: readonly { fileName: string; bytes: Uint8Array }[] },
): Promise<Attachment[]> {
  for (const { bytes } of input.files) assertSize(bytes.byteLength);
  const kept: Attachment[] = [];
  for (const { fileName, bytes } of input.files) {
    const typed =
      ctx.actor.kind === "visitor"
        ? await asHarmlessFile(fileName, bytes)
        : { fileName, contentType: await contentTypeOf(bytes) };
    const { conversationId } = input;
    const row = await insert(ctx, { conversationId, ...typed, size: bytes.byteLength });
    await ctx.blobs.put(row.blobKey, bytes, { contentType: row.contentType });
    kept.push(toAttachment(row));
  }
  return kept;
}

async function contentTypeOf(bytes: Uint8Array): Promise<string> {
  const known = await fileTypeFromBuffer(bytes).catch(() => undefined);
  return known?.mime ?? "application/octet-stream";
}

/**
 * Before the transaction: these files are the caller's, for this conversation, and their bytes are there. Those that
 * were sent already pass: whether it was with the same message, told again, is seen under the conversation's lock.
 */
export async function assertArrived(
  ctx: Ctx,
  conversationId: string,
  ids: readonly string[] = [],
): Promise<AttachmentRow[]> {
  if (ids.length === 0) return [];
  if (ids.length > attachmentLimits.files) {
    throw new AppError("VALIDATION_ERROR", `A message has at most ${attachmentLimits.files} attachments.`);
  }
  const uploader = uploaderOf(ctx);
  const wanted = [...new Set(ids)];
  const rows = await inTx(ctx, async (ctx) => {
    await queries.findConversation(ctx, conversationId);
    return ctx.tx
      .select()
      .from(messageAttachments)
      .where(
        and(
          eq(messageAttachments.tenantId, ctx.tenantId),
          or(eq(messageAttachments.conversationId, conversationId), isNotNull(messageAttachments.messageId)),
          eq(messageAttachments.uploadedBy, uploader),
          inArray(messageAttachments.id, wanted),
        ),
      );
  });
  if (rows.length !== wanted.length) throw notFound("The attachment");
  for (const row of rows) {
    const stored = await ctx.blobs.head(row.blobKey);
    if (stored?.size !== row.size) {
      throw new AppError("VALIDATION_ERROR", `"${row.fileName}" has not arrived whole. Upload it again.`);
    }
  }
  return rows;
}

/**
 * Makes these files part of a message, which was appended with their number. One that another message has taken meanwhile
 * stays there.
 */
export async function bindAttachments(
  ctx: TxCtx,
  message: queries.MessageRow,
  files: readonly AttachmentRow[],
): Promise<void> {
  if (files.length === 0) return;
  const bound = await ctx.tx
    .update(messageAttachments)
    .set({ messageId: message.id, conversationId: message.conversationId })
    .where(
      and(
        eq(messageAttachments.tenantId, ctx.tenantId),
        isNull(messageAttachments.messageId),
        inArray(
          messageAttachments.id,
          files.map(({ id }) => id),
        ),
      ),
    )
    .returning({ id: messageAttachments.id });
  if (bound.length !== files.length) {
    throw new AppError("CONFLICT", "An attachment was sent with another message already. Upload it again.");
  }
}

/** Messages with their files; those of a deleted one are gone with its words. Asks nothing where none has any. */
export async function withFiles(ctx: TxCtx, rows: readonly queries.MessageRow[]): Promise<Message[]> {
  const ids = rows
    .filter(({ attachmentCount, deletedAt }) => attachmentCount > 0 && deletedAt === null)
    .map(({ id }) => id);
  const files = ids.length === 0 ? [] : await filesOf(ctx, ids);
  return rows.map((row) => ({
    ...queries.toMessage(ctx, row),
    attachments: files.filter(({ messageId }) => messageId === row.id).map(toAttachment),
  }));
}

async function filesOf(ctx: TxCtx, messageIds: string[]): Promise<AttachmentRow[]> {
  return ctx.tx
    .select()
    .from(messageAttachments)
    .where(
      and(eq(messageAttachments.tenantId, ctx.tenantId), inArray(messageAttachments.messageId, messageIds)),
    )
    .orderBy(asc(messageAttachments.createdAt), asc(messageAttachments.id));
}

/** What stands as the words of a message that has none. */
export function namesOf(files: readonly Pick<Attachment, "fileName">[]): string {
  return files.map(({ fileName }) => fileName).join(", ");
}

export function toAttachment({ id, fileName, contentType, size }: AttachmentRow): Attachment {
  return { id, fileName, contentType, size };
}

/** A link to download a file by, for whoever reads its message; with a conversation, of that one only. */
export async function openAttachment(
  ctx: Ctx,
  input: { attachmentId: string; conversationId?: string },
): Promise<{ url: string; expiresAt: Date }> {
  const row = await inTx(ctx, async (ctx) => {
    const [row] = await ctx.tx
      .select()
      .from(messageAttachments)
      .where(
        and(eq(messageAttachments.tenantId, ctx.tenantId), eq(messageAttachments.id, input.attachmentId)),
      );
    if (!row?.messageId) throw notFound("The attachment");
    const { conversationId: named = row.conversationId } = input;
    const { id } = await currentConversation(ctx, named).catch(() => {
      throw notFound("The attachment");
    });
    if (id !== row.conversationId) throw notFound("The attachment");
    const [message] = await queries.findMessages(ctx, row.conversationId, [row.messageId]);
    if (!message || message.deletedAt) throw notFound("The attachment");
    return row;
  });
  const { url, expiresAt } = await ctx.blobs.presignDownload({
    key: row.blobKey,
    fileName: row.fileName,
    expiresInSeconds: downloadSeconds,
  });
  return { url, expiresAt };
}

/**
 * Takes the files out of conversations whose person is erased. From the commit on nobody opens them, and `tidyAttachments`
 * throws them away: whoever erases calls it at once, and the hourly maintenance does it where that was cut short.
 */
export async function forsakeAttachments(
  ctx: TxCtx,
  conversationIds: string[],
  erased: string,
): Promise<void> {
  if (conversationIds.length === 0) return;
  await ctx.tx
    .update(messageAttachments)
    .set({ messageId: null, fileName: erased, createdAt: new Date(0) })
    .where(
      and(
        eq(messageAttachments.tenantId, ctx.tenantId),
        inArray(messageAttachments.conversationId, conversationIds),
      ),
    );
}

/** Throws away what was uploaded and never sent. Part of the hourly maintenance. */
export async function tidyAttachments(ctx: Ctx): Promise<void> {
  const forgotten = await inTx(ctx, (ctx) =>
    ctx.tx
      .delete(messageAttachments)
      .where(
        and(
          eq(messageAttachments.tenantId, ctx.tenantId),
          isNull(messageAttachments.messageId),
          lt(messageAttachments.createdAt, new Date(ctx.now().getTime() - forgottenAfter)),
        ),
      )
      .returning({ blobKey: messageAttachments.blobKey }),
  );
  for (const { blobKey } of forgotten) await ctx.blobs.delete(blobKey);
}

async function insert(
  ctx: Ctx,
  input: { conversationId: string; fileName: string; contentType: string; size: number },
): Promise<AttachmentRow> {
  const uploadedBy = uploaderOf(ctx);
  return inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId);
    const id = newId();
    const [row] = await ctx.tx
      .insert(messageAttachments)
      .values({
        tenantId: ctx.tenantId,
        id,
        conversationId: conversation.id,
        fileName: input.fileName.toWellFormed().replace(/[\p{Cc}/\\]/gu, "_"),
        contentType: input.contentType,
        size: input.size,
        blobKey: `${ctx.tenantId}/attachments/${id}`,
        uploadedBy,
        createdAt: ctx.now(),
      })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The attachment was not written.");
    return row;
  });
}

/** A visitor brings files as whom their token names, everybody else as one who answers. */
function uploaderOf({ actor }: Ctx): string {
  if (actor.kind !== "visitor") assertCan(actor, "answer conversations");
  return idOfActor(actor);
}

function assertSize(size: number): void {
  if (size > 0 && size <= attachmentLimits.bytes) return;
  throw new AppError(
    size > 0 ? "PAYLOAD_TOO_LARGE" : "VALIDATION_ERROR",
    "An attachment has 1 byte to 10 MB. Send a link to anything larger.",
  );
}
