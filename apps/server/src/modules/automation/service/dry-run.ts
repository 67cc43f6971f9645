import { and, eq, inArray } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { conversations, messages } from "../../conversations/conversations.tables.ts";
import { customers } from "../../customers/customers.tables.ts";
import type { Facts, WeighedCondition } from "../automation.types.ts";
import type { RuleText } from "../rules/rule.schema.ts";
import { weigh } from "../rules/weigh.ts";
import { type PastHappening, pastHappenings } from "./past-happenings.ts";
import { factsOf } from "./read-facts.ts";

/** Days that a dry run looks back. */
const days = 30;
/** Happenings that it looks at, the latest first: a bound for its time and for the database's. */
const mostScanned = 5_000;
/** Happenings whose rows are read at once. */
const batchSize = 500;

export interface Match {
  conversationId: string;
  subject: string | null;
  at: Date;
  conditions: WeighedCondition[];
}

export interface DryRun {
  from: Date;
  to: Date;
  scanned: number;
  /** There was more in that time than was looked at. */
  truncated: boolean;
  matched: number;
  /** A page of them, the latest first. */
  matches: Match[];
}

/**
 * When the rule would have acted in the last days. It reads and does nothing else. The event's own fields and messages
 * are as they were; the conversation and its customer are taken as they are now, because of those only the present is
 * kept. Consequences of its own actions are not followed.
 */
export async function dryRun(
  ctx: TxCtx,
  rule: Pick<RuleText, "triggerEvent" | "conditions">,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<DryRun> {
  const to = ctx.now();
  const from = new Date(to.getTime() - days * 86_400_000);
  const past = await pastHappenings(ctx, rule.triggerEvent, { from, limit: mostScanned + 1 });
  const looked = past.slice(0, mostScanned);
  const first = (page - 1) * pageSize;
  const matches: Match[] = [];
  let matched = 0;
  for (let at = 0; at < looked.length; at += batchSize) {
    for (const { happening, subject, facts } of await withFacts(ctx, looked.slice(at, at + batchSize))) {
      const { holds, conditions } = weigh(rule.conditions, facts);
      if (!holds) continue;
      if (matched >= first && matches.length < pageSize) {
        matches.push({ conversationId: happening.conversationId, subject, at: happening.at, conditions });
      }
      matched += 1;
    }
  }
  return { from, to, scanned: looked.length, truncated: past.length > looked.length, matched, matches };
}

/** The happenings with their fields; those whose conversation is gone are left out. */
async function withFacts(
  ctx: TxCtx,
  happenings: PastHappening[],
): Promise<{ happening: PastHappening; subject: string | null; facts: Facts }[]> {
  const ids = [...new Set(happenings.map(({ conversationId }) => conversationId))];
  const messageIds = happenings.flatMap(({ messageId }) => (messageId === null ? [] : [messageId]));
  const rows = await ctx.tx
    .select({ conversation: conversations, customer: customers })
    .from(conversations)
    .leftJoin(
      customers,
      and(eq(customers.tenantId, conversations.tenantId), eq(customers.id, conversations.customerId)),
    )
    .where(and(eq(conversations.tenantId, ctx.tenantId), inArray(conversations.id, ids)));
  const said =
    messageIds.length === 0
      ? []
      : await ctx.tx
          .select()
          .from(messages)
          .where(and(eq(messages.tenantId, ctx.tenantId), inArray(messages.id, messageIds)));
  const byId = new Map(rows.map((row) => [row.conversation.id, row]));
  const messageOf = new Map(said.map((row) => [row.id, row]));
  return happenings.flatMap((happening) => {
    const row = byId.get(happening.conversationId);
    if (!row) return [];
    const message = messageOf.get(happening.messageId ?? "") ?? null;
    const { facts } = happening;
    return [
      {
        happening,
        subject: row.conversation.subject,
        facts: factsOf({ ...row, message, facts, now: ctx.now() }),
      },
    ];
  });
}
