import { sql } from "drizzle-orm";
import * as queries from "../../../../apps/server/src/modules/conversations/conversations.queries.ts";
import { repliesOfAgents } from "../../../../apps/server/src/modules/conversations/replies.queries.ts";
import {
  completeMessage,
  giveUpMessage,
} from "../../../../apps/server/src/modules/conversations/service/append.ts";
import {
  requestHuman,
  resolveConversation,
  takeOver,
} from "../../../../apps/server/src/modules/conversations/service/hand-off.ts";
import {
  discardConversation,
  importMessages,
} from "../../../../apps/server/src/modules/conversations/service/import.ts";
import { getConversation } from "../../../../apps/server/src/modules/conversations/service/inbox.ts";
import { releaseConversationsOf } from "../../../../apps/server/src/modules/conversations/service/release.ts";
import { postMessage } from "../../../../apps/server/src/modules/conversations/service/talk.ts";
import type { TxCtx } from "../../../../apps/server/src/ports/index.ts";
import { type Flow, inside, otherProgram, type Stage, somebody } from "./flow.ts";

const about = ["modules/conversations/"];
const clientId = "00000000-0000-4000-8000-0000000000c1";

const idsOf = async (ctx: TxCtx, conversationId: string) =>
  (await queries.listMessages(ctx, conversationId, { notes: false })).map(({ id }) => id);

const firstOf = async (ctx: TxCtx, conversationId: string) => (await idsOf(ctx, conversationId))[0] ?? "";

/** A visitor's conversation waits for a person; its first message is known by what the client calls it. */
async function waiting(stage: Stage) {
  const id = stage.id("visitorConversation");
  await stage.rows(
    sql`update messages set client_id = ${clientId} where (tenant_id, conversation_id, sequence) in (
      select tenant_id, conversation_id, min(sequence) from messages
      where conversation_id = ${id} and author = 'customer' group by tenant_id, conversation_id)`,
  );
  await stage.rows(
    sql`update escalations set status = 'pending', assignee_id = null where conversation_id = ${id}`,
  );
  await stage.rows(sql`update conversations set status = 'escalated', assignee_id = null where id = ${id}`);
}

export const conversations: readonly Flow[] = [
  {
    name: "a conversation is read",
    about,
    prepare: waiting,
    steps: [
      inside(async (ctx, { id }) => {
        const conversation = id("visitorConversation");
        return (await queries.findMessages(ctx, conversation, await idsOf(ctx, conversation))).length;
      }),
      inside(async (ctx, { id }) => queries.findByClientId(ctx, id("visitorConversation"), clientId)),
      inside(async (ctx, { id }) => queries.eventsAfter(ctx, id("visitorConversation"), 0, 10)),
      inside(async (ctx, { id }) => queries.openEscalation(ctx, id("visitorConversation"))),
      ({ ctx, id }) =>
        getConversation(ctx(somebody("read conversations")), { conversationId: id("visitorConversation") }),
    ],
  },
  {
    name: "what people replied is read",
    about,
    async prepare({ rows, id }) {
      const conversation = id("visitorConversation");
      await rows(sql`update messages set author = 'agent' where conversation_id = ${conversation}`);
      await rows(sql`update conversations set status = 'resolved' where id = ${conversation}`);
    },
    steps: [inside((ctx, { id }) => repliesOfAgents(ctx, [id("visitorConversation")], 10))],
  },
  {
    name: "a message is ended or given up",
    about,
    steps: [
      inside(async (ctx, { id }) => {
        const row = await queries.findConversation(ctx, id("conversation"), { lock: true });
        const change = { text: "The end.", state: "complete" as const };
        await completeMessage(ctx, row, await firstOf(ctx, row.id), change);
      }),
      inside(async (ctx, { id }) => giveUpMessage(ctx, await firstOf(ctx, id("conversation")))),
    ],
  },
  {
    name: "a conversation goes to a person and ends",
    about,
    prepare: waiting,
    steps: [
      ({ ctx, id }) => takeOver(ctx(otherProgram), { conversationId: id("visitorConversation") }),
      ({ ctx, id }) => takeOver(ctx(), { conversationId: id("visitorConversation") }),
      ({ ctx, id }) => resolveConversation(ctx(), { conversationId: id("visitorConversation") }),
      ({ ctx, id }) =>
        requestHuman(ctx(), {
          conversationId: id("visitorConversation"),
          reason: "Again",
          email: "visitor@example.test",
          confirmation: "Somebody comes.",
        }),
      ({ ctx, id }) =>
        postMessage(ctx(otherProgram), {
          conversationId: id("conversation"),
          text: "Hello",
          clientId: null,
        }).then(() => "posted"),
    ],
  },
  {
    name: "what somebody has in hand is given back",
    about,
    async prepare({ rows, id, userId }) {
      const conversation = id("visitorConversation");
      await rows(
        sql`update conversations set status = 'awaiting_agent', assignee_id = ${userId} where id = ${conversation}`,
      );
      await rows(
        sql`update escalations set status = 'assigned', assignee_id = ${userId} where conversation_id = ${conversation}`,
      );
    },
    steps: [inside((ctx, { userId }) => releaseConversationsOf(ctx, userId))],
  },
  {
    name: "what was said elsewhere is put into a conversation, which is taken back",
    about,
    steps: [
      inside(async (ctx, { id }) => {
        const row = await queries.findConversation(ctx, id("conversation"), { lock: true });
        await importMessages(ctx, row, [{ author: "customer", text: "Before" }]);
      }),
      inside((ctx, { id }) => discardConversation(ctx, id("conversation"))),
    ],
  },
];
