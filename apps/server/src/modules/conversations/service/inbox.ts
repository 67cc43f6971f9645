import { inTx } from "../../../platform/ctx/index.ts";
import { decodeCursor, encodeCursor } from "../../../platform/db/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan, can, namesAfterwards, namesOf } from "../../identity/index.ts";
import { isOpen, isWithHuman, mayMove } from "../conversation-state.ts";
import type { ConversationFilter } from "../conversations.filter.ts";
import { type ConversationRow, openEscalation } from "../conversations.queries.ts";
import type { Conversation, ConversationDetail, ConversationView } from "../conversations.schema.ts";
import { withWords, wordsBegun } from "../found.queries.ts";
import * as queries from "../inbox.queries.ts";
import * as search from "../search.queries.ts";
import { lastSeenByCustomer } from "./read-marks.ts";

/** A page of a view, narrowed by a filter; `search` looks for names, addresses, subjects and the words of messages. */
export async function listConversations(
  ctx: Ctx,
  input: {
    view: ConversationView;
    limit: number;
    cursor?: string | undefined;
    search?: string | undefined;
    filter?: ConversationFilter | undefined;
  },
) {
  assertCan(ctx.actor, "read conversations");
  const words = input.search ? wordsBegun(input.search) : null;
  const { page, hits, ...found } = await inTx(ctx, async (ctx) => {
    const rows = await queries.listConversations(ctx, {
      view: input.view,
      limit: input.limit + 1,
      before: input.cursor ? decodeCursor(input.cursor) : null,
      search: input.search,
      where: input.filter && (await search.foundBy(ctx, input.filter)).is,
      said: words ? (await withWords(ctx, words)).is : undefined,
    });
    const page = rows.slice(0, input.limit);
    const ids = page.map(({ conversation }) => conversation.id);
    const hits = words ? await search.hitsOf(ctx, ids, words) : new Map();
    const last = page.at(-1)?.conversation;
    return {
      page,
      hits,
      nextCursor:
        rows.length > input.limit && last?.lastMessageAt
          ? encodeCursor({ at: last.lastMessageAt, id: last.id })
          : null,
      counts: await queries.countViews(ctx),
    };
  });
  const names = await namesAfterwards(ctx.db, page.map(assigneeOf));
  const items = page.map((row) => ({ ...describe(row, names), hit: hits.get(row.conversation.id) ?? null }));
  return { items, ...found };
}

export async function getConversation(
  ctx: Ctx,
  input: { conversationId: string },
): Promise<ConversationDetail> {
  return inTx(ctx, async (ctx) => {
    const row = await queries.describeConversation(ctx, input.conversationId);
    const conversation = describe(row, await namesOf(ctx, [assigneeOf(row)]));
    const escalation = await openEscalation(ctx, conversation.id);
    return {
      ...conversation,
      allowed: allowedTo(ctx, row.conversation),
      escalation: escalation && {
        reason: escalation.reason,
        status: escalation.status,
        createdAt: escalation.createdAt,
      },
      teamId: row.conversation.teamId,
      language: row.conversation.language,
      seenMessageId: await lastSeenByCustomer(ctx, row.conversation),
    };
  });
}

function allowedTo(ctx: Ctx, { status, assigneeId }: ConversationRow): ConversationDetail["allowed"] {
  const mayAnswer = can(ctx.actor, "answer conversations") && ctx.actor.kind === "user";
  const isMine = ctx.actor.kind === "user" && assigneeId === ctx.actor.userId;
  const isFree = assigneeId === null || !isWithHuman(status);
  return {
    note: mayAnswer,
    reply: mayAnswer && isOpen(status) && (isMine || isFree),
    takeOver: mayAnswer && isOpen(status) && isFree && !isMine,
    handBack: mayAnswer && isWithHuman(status),
    resolve: mayAnswer && mayMove(status, "resolved"),
    reopen: mayAnswer && !isOpen(status),
  };
}

type Described = Awaited<ReturnType<typeof queries.describeConversation>>;

const assigneeOf = ({ conversation }: Described) => conversation.assigneeId;

function describe(
  { conversation, customer, bot, unread }: Described,
  names: ReadonlyMap<string, string>,
): Conversation {
  return {
    id: conversation.id,
    status: conversation.status,
    severity: conversation.severity,
    tags: conversation.tags,
    slaDueAt: conversation.slaDueAt,
    slaBreached: conversation.slaBreached,
    snoozedUntil: conversation.snoozedUntil,
    version: conversation.version,
    unread,
    channel: conversation.channel,
    subject: conversation.subject,
    lastMessageText: conversation.lastMessageText,
    lastMessageAt: conversation.lastMessageAt,
    createdAt: conversation.createdAt,
    customer,
    bot,
    assignee: conversation.assigneeId
      ? { id: conversation.assigneeId, name: names.get(conversation.assigneeId) ?? "A former colleague" }
      : null,
  };
}
