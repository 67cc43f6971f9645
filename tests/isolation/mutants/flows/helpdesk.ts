import { sql } from "drizzle-orm";
import { readFacts } from "../../../../apps/server/src/modules/automation/service/read-facts.ts";
import { forgetTextsTo } from "../../../../apps/server/src/modules/communication/service/deliver-text.ts";
import * as queries from "../../../../apps/server/src/modules/conversations/conversations.queries.ts";
import { annotateMessage } from "../../../../apps/server/src/modules/conversations/service/annotate.ts";
import { tellTyping } from "../../../../apps/server/src/modules/conversations/service/typing.ts";
import { eraseCustomer } from "../../../../apps/server/src/modules/customer-care/service/erase-customer.ts";
import { getCustomer } from "../../../../apps/server/src/modules/customer-care/service/get-customer.ts";
import { listOwnSecurityEvents } from "../../../../apps/server/src/modules/identity/logs/list-security-events.ts";
import { allRights } from "../../../../apps/server/src/modules/identity/policies/index.ts";
import { distributeQueue } from "../../../../apps/server/src/modules/routing/index.ts";
import { loadsOf } from "../../../../apps/server/src/modules/routing/routing.queries.ts";
import { updateEscalation } from "../../../../apps/server/src/modules/routing/service/escalations.ts";
import { whomFor } from "../../../../apps/server/src/modules/routing/service/whom.ts";
import { enabledSurveys } from "../../../../apps/server/src/modules/surveys/surveys.queries.ts";
import { createOwnTenant } from "../../../../apps/server/src/modules/tenants/service/create-tenant.ts";
import { resumeJobs } from "../../../../apps/server/src/modules/tenants/service/paused-jobs.ts";
import type { Actor } from "../../../../apps/server/src/platform/ctx/index.ts";
import { type Flow, inside, type Stage, somebody } from "./flow.ts";

/** A program with every right, for all bots: what it may not do, only a person may. */
const program: Actor = {
  kind: "apiKey",
  keyId: "00000000-0000-4000-8000-00000000000a",
  name: "All",
  rights: new Set(allRights),
  botId: null,
};
const number = "+4915112345678";

/** All that was said and found is the customer's. */
async function theirs({ rows, id }: Stage) {
  const conversation = id("conversation");
  await rows(
    sql`update conversations set customer_id = ${id("customer")}, visitor_id = null, member_id = null`,
  );
  await rows(sql`update evaluation_runs set conversation_id = ${conversation}`);
  await rows(sql`update problem_occurrences set conversation_id = ${conversation}`);
  await rows(sql`update resolutions set conversation_id = ${conversation}`);
  await rows(sql`update escalations set conversation_id = ${conversation}`);
}

export const helpdesk: readonly Flow[] = [
  {
    name: "what only a person may do is tried by a program",
    about: ["service/typing", "logs/list-security-events", "service/create-tenant", "service/escalations"],
    async prepare({ rows }) {
      await rows(sql`update escalations set status = 'pending', assignee_id = null`);
      await rows(sql`update conversations set status = 'escalated', assignee_id = null
        where id in (select conversation_id from escalations)`);
    },
    steps: [
      ({ ctx, id }) =>
        tellTyping(ctx(program), { conversationId: id("conversation"), isTyping: true, internal: false }),
      ({ ctx }) => listOwnSecurityEvents(ctx(program), { page: 1, pageSize: 1 }).then(() => "listed"),
      ({ ctx }) => createOwnTenant(ctx(program), { name: "A program's" }).then(() => "made"),
      async ({ ctx, rows, tenantId }) => {
        const [escalation] = await rows(
          sql`select id from escalations where tenant_id = ${tenantId} limit 1`,
        );
        const input = { id: String(escalation?.["id"]), status: "assigned" as const };
        return updateEscalation(ctx(program), input).then(() => "taken");
      },
    ],
  },
  {
    name: "somebody acts for another, and reads of a customer what was never theirs to read",
    about: ["routing/service/whom", "service/get-customer"],
    prepare: theirs,
    steps: [
      async ({ ctx, userId }) => whomFor(ctx(somebody("answer conversations")), userId) === userId,
      async ({ ctx, id }) => {
        const known = await getCustomer(ctx(somebody("read customers")), { customerId: id("customer") });
        return known.recentConversations.length;
      },
    ],
  },
  {
    name: "what everybody has in hand and waits for is counted",
    about: ["routing/routing.queries", "surveys/surveys.queries", "service/paused-jobs"],
    async prepare({ rows, userId, tenantId, foreignId, id }) {
      await rows(sql`update conversations set status = 'awaiting_agent', assignee_id = ${userId}
        where id = ${id("visitorConversation")}`);
      for (const tenant of [tenantId, foreignId]) {
        await rows(sql`insert into paused_jobs (tenant_id, id, queue, data)
          values (${tenant}, ${id("conversation")}, ${distributeQueue.name}, ${{ tenantId: tenant }})`);
      }
    },
    steps: [
      inside(async (ctx, { userId }) => [...(await loadsOf(ctx, [userId])).values()]),
      inside(async (ctx) => (await enabledSurveys(ctx)).length),
      inside((ctx) => resumeJobs(ctx)),
    ],
  },
  {
    name: "what is told of a conversation is kept with it",
    about: ["automation/service/read-facts", "conversations/service/annotate"],
    prepare: theirs,
    steps: [
      inside(async (ctx, { id }) => {
        const row = await queries.findConversation(ctx, id("conversation"));
        return Object.keys(await readFacts(ctx, row, { messageId: null, facts: {} })).length;
      }),
      inside(async (ctx, { id }) => {
        const [said] = await queries.listMessages(ctx, id("conversation"), { notes: false });
        await annotateMessage(ctx, said?.id ?? "", { intent: "told" });
      }),
    ],
  },
  {
    name: "a person is forgotten in every module",
    about: [".personal-data", "service/erase", "conversations/service/of-customer", "service/deliver-text"],
    prepare: async (stage) => {
      await theirs(stage);
      await stage.rows(sql`update communication_messages set recipient = ${number}`);
    },
    steps: [
      inside((ctx) => forgetTextsTo(ctx, [number])),
      ({ ctx, id }) => eraseCustomer(ctx(), { customerId: id("customer") }),
    ],
  },
];
