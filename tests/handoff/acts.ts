import fc from "fast-check";
import {
  beginBotMessage,
  finishBotMessage,
  handBack,
  postMessage,
  reopenConversation,
  replyAsAgent,
  requestHuman,
  resolveConversation,
  takeOver,
  updateConversation,
} from "../../apps/server/src/modules/conversations/index.ts";
import { heartbeat, leave } from "../../apps/server/src/modules/presence/index.ts";
import {
  assignNext,
  assignTo,
  distribute,
  returnFromAway,
  transfer,
} from "../../apps/server/src/modules/routing/index.ts";
import { followClocks, sweepClocks } from "../../apps/server/src/modules/slas/index.ts";
import { inTx } from "../../apps/server/src/platform/ctx/index.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import type { Ctx } from "../../apps/server/src/ports/index.ts";

/** Somebody does something; `crash`: the process dies before the commit, or after it and before it could say so. */
export const act = fc.record({
  what: fc.constantFrom(
    ...(["post", "post", "botBegins", "botBegins", "botEnds", "ask", "ask"] as const),
    ...(["takeOver", "reply", "reply", "handBack", "resolve", "reopen"] as const),
    ...(["next", "next", "transfer", "comes", "leaves", "distribute", "minutesPass"] as const),
    ...(["ruleAssigns", "ruleEscalates", "ruleResolves", "clocksAreCounted"] as const),
  ),
  agent: fc.nat(1),
  message: fc.nat(2),
  crash: fc.constantFrom(null, null, null, null, null, "before commit", "after commit"),
});
export type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

/** One conversation with all who act on it, and what was acknowledged to them. */
export interface World {
  conversationId: string;
  visitor: Ctx;
  system: Ctx;
  agents: readonly [Ctx, Ctx];
  /** Turns the clock on by so many minutes. */
  pass(minutes: number): void;
  posted: Map<number, string>;
  /** Bot messages begun and not ended. */
  speaking: string[];
  /** What each acknowledged request for a person was told. */
  asked: { words: string; online: boolean }[];
}

/** Thrown where a process dies. */
export class Crash extends Error {}

/** The same person on a process that dies at the next transaction. */
function dying(ctx: Ctx, when: Act["crash"]): Ctx {
  if (when === null) return ctx;
  const withTenant: Ctx["db"]["withTenant"] = async (tenantId, work) => {
    await ctx.db.withTenant(tenantId, async (tx) => {
      const result = await work(tx);
      if (when === "before commit") throw new Crash(when);
      return result;
    });
    throw new Crash(when);
  };
  return { ...ctx, db: { ...ctx.db, withTenant } };
}

const userOf = ({ actor }: Ctx) => (actor.kind === "user" ? actor.userId : "");

/** The server as a rule acts. */
const ruled = (system: Ctx): Ctx => ({
  ...system,
  actor: { kind: "system", name: "automation", rules: [newId()] },
});

async function ask(world: World, by: Ctx, how: { wanted?: boolean } = {}): Promise<void> {
  const confirmation = `Asked ${newId()}.`;
  const { conversationId } = world;
  const request = { conversationId, reason: "r", confirmation, ...how };
  const { alreadyRequested, online } = await requestHuman(by, request);
  if (!alreadyRequested) world.asked.push({ words: confirmation, online });
}

export async function perform(world: World, { what, agent: n, message, crash }: Act): Promise<void> {
  const { conversationId } = world;
  const visitor = dying(world.visitor, crash);
  const agent = dying(world.agents[n === 0 ? 0 : 1], crash);
  const colleague = world.agents[n === 0 ? 1 : 0];
  const system = dying(world.system, crash);
  switch (what) {
    case "post": {
      const clientId = `m${message}`;
      const posted = await postMessage(visitor, { conversationId, text: clientId, clientId });
      world.posted.set(message, posted.message.id);
      return;
    }
    case "botBegins": {
      const replyTo = world.posted.get(message);
      if (!replyTo) return;
      const turn = await beginBotMessage(visitor, { conversationId, replyTo, botName: "Bot" });
      if (turn.kind === "begun") world.speaking.push(turn.messageId);
      return;
    }
    case "botEnds": {
      const messageId = world.speaking.shift();
      if (!messageId) return;
      await inTx(visitor, (ctx) =>
        finishBotMessage(ctx, { conversationId, messageId, text: "words", state: "complete" }),
      );
      return;
    }
    case "ask":
      return ask(world, visitor);
    case "reply":
      await replyAsAgent(agent, { conversationId, text: "hello", clientId: newId() });
      return;
    case "takeOver":
      return takeOver(agent, { conversationId });
    case "handBack":
      return handBack(agent, { conversationId });
    case "resolve":
      return resolveConversation(agent, { conversationId });
    case "reopen":
      return reopenConversation(agent, { conversationId });
    case "next":
      await assignNext(agent, {});
      return;
    case "transfer":
      await transfer(agent, { conversationId, agentId: userOf(colleague), reason: "r" });
      return;
    case "comes":
      return inTx(agent, (ctx) => heartbeat(ctx, userOf(agent)));
    case "leaves":
      return inTx(agent, (ctx) => leave(ctx, userOf(agent)));
    case "distribute":
      await distribute(system);
      return;
    case "ruleAssigns":
      await assignTo(ruled(system), { conversationId, agentId: userOf(agent), reason: "rule" });
      return;
    case "ruleEscalates":
      return ask(world, ruled(system), { wanted: false });
    case "ruleResolves":
      await updateConversation(ruled(system), { conversationId, status: "resolved" });
      return;
    case "clocksAreCounted":
      await followClocks(system, { conversationId });
      return sweepClocks(system);
    case "minutesPass":
      world.pass(16);
      await returnFromAway(system);
  }
}
