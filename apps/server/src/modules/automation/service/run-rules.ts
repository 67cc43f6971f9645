import { inTx } from "../../../platform/ctx/index.ts";
import { inSavepoint } from "../../../platform/db/index.ts";
import { type AppError, isAppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { type ConversationRow, findConversation } from "../../conversations/index.ts";
import type { Happening } from "../automation.jobs.ts";
import * as queries from "../automation.queries.ts";
import { automationFirings } from "../automation.tables.ts";
import type { Facts, FiringOutcome, PerformedAction } from "../automation.types.ts";
import { weigh } from "../rules/weigh.ts";
import { perform } from "./perform.ts";
import { readFacts } from "./read-facts.ts";

/** Rules that may follow from each other, one after the other. */
export const longestChain = 5;
/** How often a rule may act in one conversation within an hour: what answers it may be a machine too. */
export const mostPerHour = 20;
const hour = 3_600_000;

/**
 * Asks the enabled rules of an event's trigger, in their order. Each rule has a transaction of its own with the
 * conversation's lock: all that it does and the firing that explains it commit together, so that a job that is run
 * again finds what was done and goes on after it. A rule that fails holds up no other.
 */
export async function runRules(ctx: Ctx, event: Happening, { lastTry }: { lastTry: boolean }): Promise<void> {
  const waiting = await inTx(ctx, (ctx) => queries.waitingFor(ctx, event.trigger));
  const errors: unknown[] = [];
  for (const { id } of waiting) {
    try {
      await inTx(ctx, (ctx) => fireOnce(ctx, event, id, lastTry));
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

async function fireOnce(ctx: TxCtx, event: Happening, ruleId: string, lastTry: boolean): Promise<void> {
  const conversation = await existing(findConversation(ctx, event.conversationId, { lock: true }));
  const rule = await existing(queries.findRule(ctx, ruleId));
  if (!conversation || !rule) return;
  if (!rule.enabled || rule.triggerEvent !== event.trigger) return; // it was changed meanwhile
  if (await queries.hasFired(ctx, rule.id, event.eventId)) return;
  const facts = await readFacts(ctx, conversation, event);
  const { holds, conditions } = weigh(rule.conditions, facts);
  if (!holds) return;
  const held = await heldBack(ctx, event, rule);
  if (held === "told") return;
  const actions = held ? [] : await performAll(ctx, { event, rule, facts, conversation, lastTry });
  await ctx.tx.insert(automationFirings).values({
    tenantId: ctx.tenantId,
    id: newId(),
    ruleId: rule.id,
    ruleName: rule.name,
    ruleVersion: rule.version,
    conversationId: conversation.id,
    triggerEvent: event.trigger,
    eventId: event.eventId,
    outcome: held ?? (actions.every(({ done }) => done) ? "done" : "failed"),
    chain: event.rules,
    conditions,
    actions,
    createdAt: ctx.now(),
  });
}

/**
 * Why a rule whose conditions hold does nothing; null when it may act; "told" when its last firing says so already.
 * No rule follows from itself, and chains have an end: so whatever the rules are, they come to rest.
 */
async function heldBack(
  ctx: TxCtx,
  event: Happening,
  rule: queries.RuleRow,
): Promise<FiringOutcome | "told" | null> {
  if (event.rules.includes(rule.id)) return "own_consequence";
  if (event.rules.length >= longestChain) return "too_deep";
  const since = new Date(ctx.now().getTime() - hour);
  const recent = await queries.firingsSince(ctx, {
    ruleId: rule.id,
    conversationId: event.conversationId,
    since,
    limit: mostPerHour,
  });
  if (recent[0]?.outcome === "too_often") return "told";
  return recent.length >= mostPerHour ? "too_often" : null;
}

interface Turn {
  event: Happening;
  rule: queries.RuleRow;
  facts: Facts;
  conversation: ConversationRow;
  lastTry: boolean;
}

/** Does the actions one after the other. One that cannot be done is undone as a whole, and the others go on. */
async function performAll(ctx: TxCtx, turn: Turn): Promise<PerformedAction[]> {
  const { event, rule, facts, conversation, lastTry } = turn;
  const acting: TxCtx = {
    ...ctx,
    actor: { kind: "system", name: "automation", rules: [...event.rules, rule.id] },
  };
  const performed: PerformedAction[] = [];
  for (const [index, action] of rule.actions.entries()) {
    try {
      const said = await inSavepoint(() =>
        perform(acting, action, {
          conversationId: conversation.id,
          trigger: event.trigger,
          facts,
          ruleName: rule.name,
          clientId: `rule:${rule.id}:${event.eventId}:${index}`,
        }),
      );
      performed.push({ type: action.type, done: true, said });
    } catch (error) {
      if (!isRefusal(error) && !lastTry) throw error; // perhaps it works the next time
      performed.push({
        type: action.type,
        done: false,
        said: isRefusal(error) ? error.message : "The server failed.",
      });
    }
  }
  return performed;
}

/** A refusal says the same the next time; anything else may pass. */
const isRefusal = (error: unknown): error is AppError => isAppError(error) && error.code !== "INTERNAL";

/** Null for what was deleted meanwhile. */
async function existing<Row>(found: Promise<Row>): Promise<Row | null> {
  try {
    return await found;
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  }
}
