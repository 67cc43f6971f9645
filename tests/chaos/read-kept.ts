import { vi } from "vitest";
import type { TrpcClient } from "../harness/server.ts";
import { isWithoutNotice, type Kept } from "./compare.ts";

/** By which the notes of the rule are known. */
export const notice = "It was given to somebody.";

/** Switches a rule on that gives notice, by a job of its own, whenever a conversation becomes somebody's. */
export async function giveNotices({ automation }: TrpcClient): Promise<void> {
  const { id: ruleId } = await automation.create.mutate({
    name: "Notice",
    triggerEvent: "conversation.assigned",
    conditions: [{ field: "agentId", operator: "is_not_empty" }],
    actions: [{ type: "add_note", params: { text: notice } }],
  });
  await automation.test.mutate({ ruleId });
  await automation.update.mutate({ ruleId, enabled: true });
}

/** These conversations, read afresh and as their events say. */
export async function readKept(trpc: TrpcClient, ids: readonly string[]): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (const id of ids) {
    const [now, events] = await Promise.all([trpc.conversations.get.query({ id }), eventsOf(trpc, id)]);
    const messages = events.flatMap(({ message }) => message ?? []);
    const moves = events.flatMap(({ data }) => (data ? [data] : []));
    const owners = moves.flatMap(({ owner }) => (isOwner(owner) ? [owner] : []));
    kept.push({
      conversationId: id,
      now: { status: now.status, assigneeId: now.assignee?.id ?? null },
      told: {
        status: String(moves.flatMap(({ status }) => status ?? []).at(-1) ?? "new"),
        assigneeId: owners.at(-1)?.agentId ?? null,
      },
      given: owners.filter(({ agentId }) => agentId !== null).length,
      inTeamQueue: owners.some(({ teamId }) => teamId !== null),
      noticed: messages.filter(({ text }) => text === notice).length,
      messages: messages.filter(({ text }) => text !== notice),
    });
  }
  return kept;
}

/** Waits until each conversation has its notices: a job whose worker died is another's half a minute later. */
export async function noticesArrive(trpc: TrpcClient, ids: readonly string[]): Promise<void> {
  let missing = ids;
  await vi
    .waitUntil(
      async () => {
        const kept = await readKept(trpc, missing);
        missing = kept.filter(isWithoutNotice).map(({ conversationId }) => conversationId);
        return missing.length === 0;
      },
      { timeout: 90_000, interval: 500 },
    )
    .catch(() => {}); // what is missing is complained of
}

async function eventsOf({ conversations }: TrpcClient, id: string) {
  const all = [];
  for (let after = 0; ; ) {
    const page = await conversations.events.query({ id, after, limit: 500 });
    all.push(...page.events);
    if (!page.hasMore) return all;
    after = page.nextAfter;
  }
}

function isOwner(value: unknown): value is { agentId: string | null; teamId: string | null } {
  return typeof value === "object" && value !== null && "agentId" in value && "teamId" in value;
}

/** What the audit log has of conversations. */
export async function readAudited({ audit }: TrpcClient): Promise<{ requestId: string | null }[]> {
  const all = [];
  for (let cursor: string | undefined; ; ) {
    const page = await audit.list.query({ subjectType: "conversation", limit: 100, cursor });
    all.push(...page.items);
    if (page.nextCursor === null) return all;
    cursor = page.nextCursor;
  }
}
