import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat, textOf, userMessage, visit } from "../../../../../tests/harness/chat.ts";
import { limitTo, makeAdmin } from "../../../../../tests/harness/plans.ts";
import {
  botWith,
  colleague,
  play,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";
import { auditLog } from "../identity/identity.tables.ts";
import { ensurePlans } from "./index.ts";
import { plans } from "./plans.tables.ts";

let server: TestServer;
let root: TestUser;
let ada: TestUser;
beforeAll(async () => {
  server = await startTestServer();
  root = await server.signUp("Root");
  await makeAdmin(server, root);
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const planNamed = async (name: string) => {
  const plan = (await root.trpc.admin.listPlans.query()).find((candidate) => candidate.name === name);
  if (!plan) throw new Error(`There is no plan ${name}.`);
  return plan;
};

describe("the plans of a new installation", () => {
  test("are three, of which whoever was given none has the one without limits", async () => {
    expect((await root.trpc.admin.listPlans.query()).map(({ name }) => name)).toEqual([
      "Starter",
      "Team",
      "Unlimited",
    ]);
    const own = await ada.trpc.user.getCurrentPlan.query();
    expect(own).toMatchObject({ name: "Unlimited", isDefault: true, allowAdvancedRagConfig: true });
    expect((await ada.trpc.user.getUsage.query()).limits.every(({ unlimited }) => unlimited)).toBe(true);
  });

  test("stay as the operator left them at the next start", async () => {
    const { id } = await planNamed("Starter");
    await root.trpc.admin.updatePlan.mutate({ planId: id, name: "Small", maxBots: 3 });
    await ensurePlans(server.services.db);
    const all = await root.trpc.admin.listPlans.query();
    expect(all).toHaveLength(3);
    expect(all.find((plan) => plan.id === id)).toMatchObject({ name: "Small", maxBots: 3 });
    await root.trpc.admin.updatePlan.mutate({ planId: id, name: "Starter", maxBots: 2 });
  });
});

describe("admin.updatePlan", () => {
  const change = (title: string, fields: object, refused?: string): Scenario => ({
    title,
    as: () => root.trpc,
    call: async (t) => t.admin.updatePlan.mutate({ planId: (await planNamed("Team")).id, ...fields }),
    ...(refused ? { refused } : {}),
  });
  const gone = newId();
  test.each([
    change("an absent plan", { planId: gone }, "NOT_FOUND"),
    change("no name", { name: " " }, "VALIDATION_ERROR"),
    change("a name of 61 characters", { name: "x".repeat(61) }, "VALIDATION_ERROR"),
    change("another's name", { name: "Starter" }, "CONFLICT"),
    change("its own name", { name: "Team" }),
    change("less than none", { maxBots: -1 }, "VALIDATION_ERROR"),
    change("half a bot", { maxBots: 0.5 }, "VALIDATION_ERROR"),
    change("more than unlimited", { maxQueriesPerMonth: 1_000_000_001 }, "VALIDATION_ERROR"),
    change("none at all", { maxBots: 0 }),
    change("unlimited", { maxBots: 1_000_000_000 }),
    change("half a gigabyte", { maxTotalDocumentStorageGB: 0.5 }),
    change("a price", { priceMonthly: 19.99 }),
    change("a price with three digits", { priceMonthly: 19.999 }, "VALIDATION_ERROR"),
    change("no price", { priceMonthly: null }),
    change("not the default", { isDefault: false }, "VALIDATION_ERROR"),
  ])("$title", play);

  test("of the default keeps it active, and passes it on", async () => {
    const [team, unlimited] = [await planNamed("Team"), await planNamed("Unlimited")];
    const update = root.trpc.admin.updatePlan;
    expect(await refusal(update.mutate({ planId: unlimited.id, isActive: false }))).toBe("CONFLICT");
    await update.mutate({ planId: team.id, isDefault: true });
    expect((await ada.trpc.user.getCurrentPlan.query())?.name).toBe("Team");
    await update.mutate({ planId: unlimited.id, isDefault: true });
    expect((await ada.trpc.user.getCurrentPlan.query())?.name).toBe("Unlimited");
    expect(await server.services.db.system().$count(plans, eq(plans.isDefault, true))).toBe(1);
  });
});

describe("admin.setTenantPlan", () => {
  const set =
    (tenantId: () => string, planId: () => string | null | Promise<string>): Scenario["call"] =>
    async (t) =>
      t.admin.setTenantPlan.mutate({ tenantId: tenantId(), planId: await planId() });
  const starter = async () => (await planNamed("Starter")).id;
  test.each<Scenario>([
    { title: "an absent tenant", as: () => root.trpc, call: set(newId, starter), refused: "NOT_FOUND" },
    {
      title: "an absent plan",
      as: () => root.trpc,
      call: set(() => ada.tenantId, newId),
      refused: "NOT_FOUND",
    },
    { title: "a plan", as: () => root.trpc, call: set(() => ada.tenantId, starter) },
    {
      title: "the default",
      as: () => root.trpc,
      call: set(
        () => ada.tenantId,
        () => null,
      ),
    },
  ])("$title", play);

  test("holds from the next call on, is noted in the tenant's own log, and refuses inactive plans", async () => {
    const { id } = await planNamed("Starter");
    const setPlan = (planId: string | null) =>
      root.trpc.admin.setTenantPlan.mutate({ tenantId: ada.tenantId, planId });
    await setPlan(id);
    expect((await ada.trpc.user.getCurrentPlan.query())?.name).toBe("Starter");
    expect((await ada.trpc.user.me.query()).planId).toBe(id);
    const entries = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, "tenant.plan_set")),
    );
    expect(entries.map(({ after }) => after)).toContainEqual({ planId: id, plan: "Starter" });
    await root.trpc.admin.updatePlan.mutate({ planId: id, isActive: false });
    expect((await ada.trpc.user.getCurrentPlan.query())?.name).toBe("Starter"); // who has it keeps it
    expect(await refusal(setPlan(id))).toBe("CONFLICT");
    await root.trpc.admin.updatePlan.mutate({ planId: id, isActive: true });
    await setPlan(null);
  });
});

describe("at its limit a tenant", () => {
  test("reads which plan, which limit and what to do; a lowered plan takes nothing away", async () => {
    const eve = await server.signUp("Eve");
    const bot = await botWith(eve, { "One.md": "One.", "Two.md": "Two." });
    await limitTo(server, eve, { name: "Tiny", maxBots: 1, maxDocumentsPerBot: 1 });
    const another = () => eve.trpc.bot.create.mutate({ name: "Another" });
    expect(await refusal(another())).toBe("INSUFFICIENT_CREDITS");
    expect(await refusalText(another())).toMatch(/plan "Tiny" allows 1 bot\. .*Delete .* larger plan/);
    const text = { botId: bot.id, name: "Three.md", content: "Three." };
    expect(await refusal(eve.trpc.botDocument.addManualText.mutate(text))).toBe("INSUFFICIENT_CREDITS");
    const file = { botId: bot.id, fileName: "a.md", fileType: "text/markdown", fileSize: 9 };
    expect(await refusal(eve.trpc.botDocument.getUploadPresignedUrl.mutate(file))).toBe(
      "INSUFFICIENT_CREDITS",
    );
    expect((await eve.trpc.bot.byId.query({ id: bot.id }))?.documents).toHaveLength(2);
    const { limits } = await eve.trpc.user.getUsage.query();
    expect(limits.find(({ limit }) => limit === "documents")).toMatchObject({
      used: 2,
      max: 1,
      share: 2,
      bot: { id: bot.id },
    });
    await eve.trpc.bot.delete.mutate({ id: bot.id });
    await another();
  });

  test("keeps to the standard settings where the plan says so", async () => {
    const plain = await server.signUp("Plain");
    const custom = await plain.trpc.bot.create.mutate({ name: "Custom", ragConfig: { topK: 7 } });
    await limitTo(server, plain, { allowAdvancedRagConfig: false });
    const { create, update } = plain.trpc.bot;
    expect(await refusal(create.mutate({ name: "No", ragConfig: { topK: 7 } }))).toBe("INSUFFICIENT_CREDITS");
    expect(await refusalText(create.mutate({ name: "No", ragConfig: { topK: 7 } }))).toContain(
      "Leave ragConfig out",
    );
    const standard = await create.mutate({ name: "Yes", ragConfig: { topK: 5 } });
    expect(await refusal(update.mutate({ id: standard.id, ragConfig: { chunkSize: 500 } }))).toBe(
      "INSUFFICIENT_CREDITS",
    );
    // what was set before the plan stays, and may go back to the standard
    expect(
      (await update.mutate({ id: custom.id, name: "Renamed", ragConfig: { topK: 7 } })).ragConfig.topK,
    ).toBe(7);
    expect((await update.mutate({ id: custom.id, ragConfig: { topK: 5 } })).ragConfig.topK).toBe(5);
    const [template] = (await plain.trpc.template.list.query({})).items;
    if (!template) throw new Error("There is no template.");
    const fromTemplate = await create.mutate({ name: "Template", templateId: template.id });
    expect(fromTemplate.ragConfig).toEqual(template.defaultRagConfig);
  });

  test("is told as a member that questions are used up, and nothing of theirs is kept", async () => {
    const owner = await server.signUp("Owner");
    const bot = await botWith(owner, shopTexts);
    await limitTo(server, owner, { maxQueriesPerMonth: 1 });
    const chat = memberChat(owner, bot.id);
    const first = userMessage("What does delivery to Belgium cost?");
    await askBot(server, chat, first);
    await askBot(server, chat, first); // sent twice by a client that lost the answer: counted once
    await askBot(server, chat, "Hello!"); // small talk counts nothing
    const response = await fetch(`${server.url}/api/chat`, {
      method: "POST",
      headers: { ...owner.headers, "content-type": "application/json" },
      body: JSON.stringify({
        id: chat.chatId,
        botId: bot.id,
        messages: [userMessage("How long does a refund take?")],
      }),
    });
    expect(response.status).toBe(402);
    expect(await response.json()).toMatchObject({
      error: { code: "INSUFFICIENT_CREDITS", details: { limit: "queries", used: 1, max: 1 } },
    });
    const kept = await fetch(`${server.url}/api/chat/${chat.chatId}/messages`, { headers: owner.headers });
    expect(JSON.stringify(await kept.json())).not.toContain("How long does a refund take?");
    const fresh = newId(); // a refused first question leaves no conversation behind
    await expect(
      askBot(server, memberChat(owner, bot.id, fresh), "How long does a refund take?"),
    ).rejects.toThrow("allows 1 question a month");
    expect(await refusal(owner.trpc.conversations.get.query({ id: fresh }))).toBe("NOT_FOUND");
  });

  test.each([
    ["How long does a refund take?", "I cannot answer at the moment"],
    ["Combien de temps prend un remboursement ?", "Je ne peux pas répondre pour le moment"],
    ["كم يستغرق استرداد المال؟", "لا أستطيع الإجابة في الوقت الحالي"],
  ])("loses no visitor: %s", async (question, words) => {
    const owner = await server.signUp("Owner");
    const bot = await botWith(owner, shopTexts);
    await limitTo(server, owner, { maxQueriesPerMonth: 0 });
    const visitor = await visit(server, owner, bot.id);
    const answer = await askBot(server, visitor, question);
    expect(answer.parts).toContainEqual({ type: "data-delivered", data: { to: "agent" } });
    const { items } = await owner.trpc.conversations.list.query({ view: "needs_human" });
    expect(items.map(({ id }) => id)).toContain(visitor.conversationId);
    const { messages } = await owner.trpc.conversations.get.query({ id: visitor.conversationId });
    expect(messages.map(textOf)).toEqual([question, expect.stringContaining(words)]);
    const again = await askBot(server, visitor, "Are you still there, please?");
    expect(again.parts).toContainEqual({ type: "data-delivered", data: { to: "agent" } });
  });
});

describe("user.getCurrentPlan and user.getUsage", () => {
  test.each<Scenario>([
    {
      title: "refuse a guest the plan",
      as: () => server.guest,
      call: (t) => t.user.getCurrentPlan.query(),
      refused: "UNAUTHORIZED",
    },
    {
      title: "refuse a guest the usage",
      as: () => server.guest,
      call: (t) => t.user.getUsage.query(),
      refused: "UNAUTHORIZED",
    },
  ])("$title", play);

  test("show every member each limit with what is used of it", async () => {
    const owner = await server.signUp("Owner");
    const member = await colleague(server, owner, "member");
    const bot = await botWith(owner, { "Ten.md": "1234567890" });
    await askBot(server, memberChat(owner, bot.id), "Where is it written down?");
    await limitTo(server, owner, {
      name: "Measured",
      maxBots: 4,
      maxDocumentsPerBot: 2,
      maxTotalDocumentStorageGB: 20 / 1e9,
      maxQueriesPerMonth: 10,
      maxDocProcessingJobsPerMonth: 0,
    });
    expect((await member.trpc.user.getCurrentPlan.query())?.name).toBe("Measured");
    const usage = await member.trpc.user.getUsage.query();
    expect(usage.plan.name).toBe("Measured");
    const own = { id: bot.id, name: "Helper" };
    const common = { unlimited: false, resetsAt: null, bot: null };
    const resetsAt = expect.stringMatching(/-01T00:00:00.000Z$/);
    expect(usage.limits).toEqual([
      { ...common, limit: "bots", used: 1, max: 4, share: 0.25 },
      { ...common, limit: "documents", used: 1, max: 2, share: 0.5, bot: own },
      { ...common, limit: "storage", used: 10, max: 20, share: 0.5 },
      { ...common, limit: "queries", used: 1, max: 10, share: 0.1, resetsAt },
      { ...common, limit: "processingJobs", used: 1, max: 0, share: 1, resetsAt },
    ]);
  });
});
