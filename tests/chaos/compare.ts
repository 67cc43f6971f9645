import type { Acknowledged } from "./ledger.ts";

/** What is in the server of one conversation, read after the last crash. */
export interface Kept {
  conversationId: string;
  /** As it is read afresh. */
  now: { status: string; assigneeId: string | null };
  /** As its events say. */
  told: { status: string; assigneeId: string | null };
  /** How often an event made it somebody's, and how often the rule that waits for this gave notice. */
  given: number;
  /** Whether colleagues put it into a team's queue: who asks for a person then is told so by the answer alone. */
  inTeamQueue: boolean;
  noticed: number;
  /** In order, without notices. */
  messages: { author: string; text: string }[];
}

/** A firing of the rule is held back after so many in one conversation within an hour. */
const mostNotices = 20;
/** What leaves an entry in the audit log each time that it is done; the others also change nothing. */
const alwaysAudited = new Set<Acknowledged["act"]>(["assign", "handBack", "resolve", "reopen"]);

/** Whether somebody was given it and was given no notice of that. */
export const isWithoutNotice = ({ given, noticed }: Kept) => noticed < Math.min(given, mostNotices);

/**
 * Everything wrong with what is kept, as sentences: an acknowledged word or deed that is not there, one that is there
 * twice, one sender's words in another order than they were sent, a queue with an owner, an owner without notice.
 */
export function complaints(
  ledger: readonly Acknowledged[],
  kept: readonly Kept[],
  audited: readonly { requestId: string | null }[],
): string[] {
  return [...kept.flatMap((one) => complaintsAbout(one, ledger)), ...complaintsOfDeeds(ledger, audited)];
}

function complaintsAbout(
  { conversationId, now, told, given, inTeamQueue, noticed, messages }: Kept,
  ledger: readonly Acknowledged[],
): string[] {
  const found: string[] = [];
  const here = `conversation ${conversationId}`;
  const words = messages.filter(({ author }) => author === "customer" || author === "agent");
  const seen = new Map<string, number>();
  for (const { text } of words) seen.set(text, (seen.get(text) ?? 0) + 1);
  for (const [text, times] of seen) if (times > 1) found.push(`${here}: “${text}” is there ${times} times`);
  const acknowledged = ledger.filter((one) => one.conversationId === conversationId);
  for (const { text } of acknowledged) {
    if (text !== null && !seen.has(text)) found.push(`${here}: “${text}” was acknowledged and is lost`);
  }
  for (const sender of new Set(acknowledged.map(({ by }) => by))) {
    const numbers = words.flatMap(({ text }) =>
      text.startsWith(`${sender} `) ? [Number(text.split(" ").at(-1))] : [],
    );
    if (numbers.some((number, index) => index > 0 && number < (numbers[index - 1] ?? 0))) {
      found.push(`${here}: the words of ${sender} stand in the order ${numbers.join(", ")}`);
    }
  }
  const asked = acknowledged.some(({ act }) => act === "handoff");
  const wasTold = messages.some(({ author }) => author === "system" || author === "agent");
  if (asked && !wasTold && given === 0 && !inTeamQueue) {
    found.push(`${here}: a person was asked for, and nobody was told`);
  }
  if (now.status === "escalated" && now.assigneeId !== null) {
    found.push(`${here}: it waits for a person and has one`);
  }
  if (now.status !== told.status || now.assigneeId !== told.assigneeId) {
    found.push(`${here}: it is ${JSON.stringify(now)}, and its events say ${JSON.stringify(told)}`);
  }
  if (noticed !== Math.min(given, mostNotices)) {
    const what = noticed < given ? "notices are lost" : "there are more notices";
    found.push(
      `${here}: ${what}: it was given to somebody ${given} times, and they had notice ${noticed} times`,
    );
  }
  return found;
}

function complaintsOfDeeds(
  ledger: readonly Acknowledged[],
  audited: readonly { requestId: string | null }[],
): string[] {
  const times = new Map<string, number>();
  for (const { requestId } of audited) if (requestId) times.set(requestId, (times.get(requestId) ?? 0) + 1);
  return ledger.flatMap(({ act, by, requestId, conversationId }) => {
    const entries = times.get(requestId ?? "") ?? 0;
    const deed = `${act} by ${by} in conversation ${conversationId}`;
    if (entries > 1) return [`${deed} was done ${entries} times`];
    return entries === 0 && alwaysAudited.has(act) ? [`${deed} was acknowledged and is lost`] : [];
  });
}
