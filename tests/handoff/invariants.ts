import { and, asc, eq } from "drizzle-orm";
import {
  conversationEvents,
  conversations,
  escalations,
  messages,
} from "../../apps/server/src/modules/conversations/conversations.tables.ts";
import {
  type ConversationStatus,
  conversationStatuses,
  isWithHuman,
} from "../../apps/server/src/modules/conversations/index.ts";
import { inTx } from "../../apps/server/src/platform/ctx/index.ts";
import type { World } from "./acts.ts";

/** A broken promise of the handoff, by name. */
export class Broken extends Error {}

function must(holds: boolean, invariant: string): void {
  if (!holds) throw new Broken(invariant);
}

type Rows = Awaited<ReturnType<typeof readRows>>;

/** All of it at one moment: every writer waits for the row that this holds. */
export function readRows({ system, conversationId }: World) {
  return inTx(system, async ({ tx, tenantId }) => {
    const of = (table: typeof messages | typeof conversationEvents | typeof escalations) =>
      and(eq(table.tenantId, tenantId), eq(table.conversationId, conversationId));
    const ofTenant = and(eq(conversations.tenantId, tenantId), eq(conversations.id, conversationId));
    const [conversation] = await tx.select().from(conversations).where(ofTenant).for("update");
    if (!conversation) throw new Broken("the conversation is there");
    return {
      conversation,
      events: await tx
        .select()
        .from(conversationEvents)
        .where(of(conversationEvents))
        .orderBy(asc(conversationEvents.sequence)),
      messages: await tx.select().from(messages).where(of(messages)),
      escalations: await tx.select().from(escalations).where(of(escalations)),
    };
  });
}

/** Holds the conversation as it stands against its own log and against what was acknowledged. */
export async function check(world: World): Promise<Rows> {
  const rows = await readRows(world);
  botIsSilent(rows);
  oneOwner(rows);
  requestIsQueued(rows);
  isConfirmed(world, rows);
  return rows;
}

/** The bot begins nothing and completes nothing while a person has it or is asked for. */
function botIsSilent({ events, messages, conversation }: Rows): void {
  must(
    events.every(({ sequence }, index) => sequence === index + 1),
    "events are numbered without gaps",
  );
  const byId = new Map(messages.map((message) => [message.id, message]));
  const begun = new Set<string>();
  let status: ConversationStatus = "new";
  for (const event of events) {
    if (event.type === "status") status = statusIn(event.data);
    const message = event.messageId ? byId.get(event.messageId) : undefined;
    if (message?.author !== "bot") continue;
    const isFirst = !begun.has(message.id);
    begun.add(message.id);
    if (isFirst) must(!isWithHuman(status), "the bot is silent while a person has it");
    else if (isWithHuman(status)) must(message.state === "interrupted", "the bot goes on with nothing");
  }
  must(conversation.status === status, "the state is that of the log");
}

function oneOwner({ conversation, escalations }: Rows): void {
  const { status, assigneeId } = conversation;
  if (status === "escalated" || status === "ai_handling" || status === "new") {
    must(assigneeId === null, "what waits or is the bot's has no owner");
  }
  if (status === "awaiting_customer") must(assigneeId !== null, "what was answered has an owner");
  const open = escalations.filter((one) => one.status === "pending" || one.status === "assigned");
  must(open.length <= 1, "one request at a time");
  for (const { status, assigneeId: agent } of open) {
    if (status === "assigned") must(agent === assigneeId, "the request's agent is the owner");
  }
}

/** Whoever waits for a person stands in a queue. */
function requestIsQueued({ conversation, escalations }: Rows): void {
  const { status, assigneeId, queuedAt } = conversation;
  const waits = assigneeId === null && (status === "escalated" || status === "awaiting_agent");
  must((queuedAt !== null) === waits, "who waits stands in the queue, and nobody else");
  const pending = escalations.filter((one) => one.status === "pending").length;
  must(pending === (status === "escalated" ? 1 : 0), "what is escalated has its request");
}

/** Each acknowledged request was confirmed, with a promise where nobody was there. */
function isConfirmed({ asked }: World, { messages }: Rows): void {
  for (const { words, online } of asked) {
    const found = messages.filter(({ text, author }) => author === "system" && text.startsWith(words));
    must(found.length === 1 && found[0]?.internal === false, "a request is confirmed once");
    must((found[0]?.text === words) === online, "nobody there means a promise");
  }
}

/** After it was resolved nothing moves by itself, however often timers and rules come round. */
export async function staysResolved(world: World, comeRound: () => Promise<void>): Promise<void> {
  const before = await readRows(world);
  if (before.conversation.status !== "resolved") return;
  await comeRound();
  const after = await readRows(world);
  must(after.conversation.status === "resolved", "what is resolved stays resolved");
  must(moves(after) === moves(before), "nothing loops after the end");
}

/** What was said or moved; what is found out about it, in its own time, is neither. */
function moves({ events }: Rows): number {
  return events.filter(({ type }) => type !== "properties").length;
}

function statusIn(data: Record<string, unknown> | null): ConversationStatus {
  const found = conversationStatuses.find((status) => status === data?.status);
  if (!found) throw new Error(`There is no status in ${JSON.stringify(data)}.`);
  return found;
}
