import { and, asc, eq, sql } from "drizzle-orm";
import { eventually } from "../../../../../../tests/harness/eventually.ts";
import { botWith } from "../../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestUser } from "../../../../../../tests/harness/server.ts";
import { contextFor } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { openConversation, postMessage } from "../../conversations/index.ts";
import { createCustomer } from "../../customers/index.ts";
import { automationFirings, automationRules } from "../automation.tables.ts";
import type { Action, Condition, RuleText } from "../rules/rule.schema.ts";

export type RuleWorld = Awaited<ReturnType<typeof startRuleWorld>>;

/** A server with a workspace, whose customers write and whose rules act. */
export async function startRuleWorld() {
  const server = await startTestServer();
  const ada = await server.signUp("Ada");
  const botId = (await botWith(ada, {})).id;
  const { tenantId } = ada;
  const system = contextFor(server.services, { kind: "system", name: "test" }, tenantId, null);

  return {
    server,
    ada,
    system,
    /** A visitor's conversation, in which they have said something. */
    async said(...texts: string[]): Promise<{ conversationId: string; visitor: Ctx }> {
      const { conversationId, customerId } = await inTx(system, async (ctx) => {
        const { id: customerId } = await createCustomer(ctx, { locale: "en" });
        const { id } = await openConversation(ctx, { botId, channel: "widget", customerId });
        return { conversationId: id, customerId };
      });
      const actor = { kind: "visitor" as const, customerId, widgetId: newId(), botId };
      const visitor = contextFor(server.services, actor, tenantId, null);
      for (const text of texts) await postMessage(visitor, { conversationId, text, clientId: null });
      return { conversationId, visitor };
    },
    /** Once no job waits any more: what rules, clocks and classification do is done. */
    async settled(): Promise<void> {
      const busy = sql`select 1 from jobs.job where name not like '\\_\\_%' and start_after <= now()
        and state in ('created', 'retry', 'active')`;
      await eventually(
        async () => {
          const { rows } = await server.services.db.system().execute(busy);
          if (rows.length > 0) throw new Error("A job waits.");
        },
        { timeout: 60_000 },
      );
    },
    /** What rules did in a conversation, the first first. */
    firings: (conversationId: string) =>
      server.services.db
        .system()
        .select()
        .from(automationFirings)
        .where(
          and(eq(automationFirings.tenantId, tenantId), eq(automationFirings.conversationId, conversationId)),
        )
        .orderBy(asc(automationFirings.createdAt), asc(automationFirings.id)),
    clear: () =>
      server.services.db.system().delete(automationRules).where(eq(automationRules.tenantId, tenantId)),
  };
}

/** A rule's text with the least that it must say. */
export function ruleText(
  triggerEvent: RuleText["triggerEvent"],
  conditions: Condition[],
  actions: Action[],
  name = "Rule",
): RuleText {
  return { name, triggerEvent, conditions, actions, priority: 0 };
}

/** Makes a rule, tries it and switches it on. */
export async function switchedOn(ada: TestUser, text: RuleText): Promise<string> {
  const { id: ruleId } = await ada.trpc.automation.create.mutate(text);
  await ada.trpc.automation.test.mutate({ ruleId });
  await ada.trpc.automation.update.mutate({ ruleId, enabled: true });
  return ruleId;
}
