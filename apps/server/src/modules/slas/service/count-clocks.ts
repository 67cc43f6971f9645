import { emit } from "../../../platform/events/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { type ConversationRow, noteFindings } from "../../conversations/index.ts";
import * as queries from "../clocks.queries.ts";
import { type Clock, type Clocks, clockKinds, noClocks, replay, type Saying, type Terms } from "../clocks.ts";
import { slaBreached, slaWarning } from "../slas.events.ts";

/** Where a member speaks to a bot: nobody is owed anything. */
const inside: readonly ConversationRow["channel"][] = ["playground", "portal"];

/**
 * Brings the clocks of a locked conversation in line with its log and with the present, and tells what has become due.
 * The log is read in its own order, so that it does not matter how often, how late or in which order this is asked for.
 */
export async function countClocks(ctx: TxCtx, conversation: ConversationRow): Promise<void> {
  const rows = await queries.clocksOf(ctx, [conversation.id]);
  const [first] = rows;
  const terms = first?.terms ?? (await newTerms(ctx, conversation));
  if (!terms) return;
  const before = first ? stateOf(rows) : noClocks;
  const happenings = await queries.happeningsAfter(ctx, conversation, first?.sequence ?? 0);
  const { state, sayings } = replay(terms, before, happenings, ctx.now());
  if (state.clocks.length === 0) return;
  await queries.putClocks(ctx, conversation, terms, state);
  for (const saying of sayings) await tell(ctx, conversation.id, saying);
  await noteFindings(ctx, conversation, summary(state));
}

/** The clocks that a conversation's rows hold; there is at least one row. */
export function stateOf(rows: readonly queries.ClockRow[]): Clocks {
  const [first] = rows;
  const clocks = clockKinds.flatMap((kind): Clock[] => {
    const row = rows.find((candidate) => candidate.kind === kind);
    if (!row) return [];
    const { startedAt, targetMs, elapsedMs, runningSince, pausedAt } = row;
    const { warnAt, dueAt, warnedAt, breachedAt, metAt } = row;
    const moments = { warnAt, dueAt, warnedAt, breachedAt, metAt };
    return [{ kind, startedAt, targetMs, elapsedMs, runningSince, pausedAt, ...moments }];
  });
  return { status: first?.status ?? noClocks.status, severity: first?.severity ?? null, clocks };
}

/** What is promised in a conversation that has no clocks yet; null where nothing is. */
async function newTerms(ctx: TxCtx, conversation: ConversationRow): Promise<Terms | null> {
  if (inside.includes(conversation.channel)) return null;
  const found = await queries.policyFor(ctx, conversation.customerId);
  if (!found) return null;
  const { policy, calendar } = found;
  const firstInbound = await queries.firstInbound(ctx, conversation.id);
  if (!firstInbound || firstInbound < policy.activeSince) return null;
  return {
    policyId: policy.id,
    policyName: policy.name,
    tier: policy.tier,
    targets: policy.targets,
    businessHours: calendar && {
      timezone: calendar.timezone,
      hours: calendar.hours,
      holidays: calendar.holidays,
    },
    pauseWithBot: policy.pauseWithBot,
  };
}

/** Once, whoever notices: the key of what was told is a clock's own. */
async function tell(ctx: TxCtx, conversationId: string, saying: Saying): Promise<void> {
  if (!(await queries.putFiring(ctx, conversationId, saying))) return;
  const event = saying.what === "warning" ? slaWarning : slaBreached;
  await emit(ctx, event, { conversationId, kind: saying.kind, dueAt: saying.dueAt.toISOString() });
}

/** What lists of conversations show and sort by. */
function summary({ clocks }: Clocks) {
  const due = clocks.flatMap(({ metAt, dueAt }) => (metAt || !dueAt ? [] : [dueAt.getTime()]));
  return {
    slaDueAt: due.length > 0 ? new Date(Math.min(...due)) : null,
    slaBreached: clocks.some(({ breachedAt }) => breachedAt !== null),
  };
}
