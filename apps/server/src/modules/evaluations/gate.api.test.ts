import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { botWith, refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { auditLog } from "../identity/identity.tables.ts";

let server: TestServer;
let ada: TestUser;
let botId: string;
let draftId: string;
let rightCase: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());
beforeEach(async () => {
  botId = (await botWith(ada, shopTexts)).id;
  const draft = await ada.trpc.botPrompt.create.mutate({ botId, name: "Draft", content: "Be brief." });
  draftId = draft.id;
  const kept = await ada.trpc.evaluations.cases.create.mutate({
    botId,
    question: "How many days does a refund take after the parcel?",
    goldAnswers: ["14 days"],
  });
  rightCase = kept.id;
});

const setGate = (minPassRate: number | null, maxRegressions = 0) =>
  ada.trpc.botPrompt.setGate.mutate({ botId, minPassRate, maxRegressions });
const activate = (override?: { reason: string }) =>
  ada.trpc.botPrompt.setActive.mutate({ botId, promptId: draftId, override });
const run = async (input: object = {}) => {
  const { id } = await ada.trpc.evaluations.runs.start.mutate({ botId, ...input });
  await eventually(async () => {
    const { status } = await ada.trpc.evaluations.runs.get.query({ runId: id });
    if (status !== "completed") throw new Error(status);
  });
};
const refusedFor = async () => (await ada.trpc.botPrompt.gate.query({ botId, promptId: draftId })).refusal;

describe("a bot with a gate", () => {
  test("publishes a text that was evaluated, and none that was not", async () => {
    await setGate(1);
    expect(await refusal(activate())).toBe("EVALUATION_REQUIRED");
    expect(await refusalText(activate())).toContain("Run an evaluation of it");
    await run({ promptId: draftId });
    expect(await refusedFor()).toBe("active_not_evaluated");
    await run();
    expect(await refusedFor()).toBeNull();
    await activate();
    expect((await ada.trpc.bot.byId.query({ id: botId }))?.activePromptId).toBe(draftId);
  });

  test("refuses a text that too few cases pass, and one that makes any worse", async () => {
    await setGate(1);
    await run();
    await ada.trpc.evaluations.cases.update.mutate({ caseId: rightCase, goldAnswers: ["90 days"] });
    await run({ promptId: draftId });
    expect(await refusedFor()).toBe("pass_rate");
    expect(await refusalText(activate())).toContain("0 of 1 cases passed");
    await setGate(0);
    expect(await refusedFor()).toBe("regressions");
    await setGate(0, 1);
    expect(await refusedFor()).toBeNull();
  });

  test("takes a run of other settings, of some cases, or from before its own were changed for none", async () => {
    await setGate(0);
    await run({ promptId: draftId, topK: 2 });
    await run({ promptId: draftId, caseIds: [rightCase] });
    expect(await refusedFor()).toBe("not_evaluated");
    await run({ promptId: draftId });
    expect(await refusedFor()).toBe("active_not_evaluated");
    await ada.trpc.bot.update.mutate({ id: botId, withholdBelow: 0.7 });
    expect(await refusedFor()).toBe("not_evaluated");
  });

  test("guards every way to another active text", async () => {
    await setGate(0);
    const made = { botId, name: "Other", content: "Be long.", setActive: true };
    expect(await refusal(ada.trpc.botPrompt.create.mutate(made))).toBe("EVALUATION_REQUIRED");
    const active = (await ada.trpc.botPrompt.listByBotId.query({ botId })).find(({ isActive }) => isActive);
    const id = active?.id ?? "";
    expect(await refusal(ada.trpc.botPrompt.update.mutate({ id, content: "Else." }))).toBe(
      "EVALUATION_REQUIRED",
    );
    await ada.trpc.botPrompt.update.mutate({ id, name: "Only the name" });
    const calm = { name: `Calm ${botId}`, systemPrompt: "Be calm." };
    const { id: personalityId } = await ada.trpc.aiPersonalities.create.mutate(calm);
    const spoken = ada.trpc.bot.update.mutate({ id: botId, personalityId });
    expect(await refusal(spoken)).toBe("EVALUATION_REQUIRED");
    await setGate(null);
    await ada.trpc.botPrompt.update.mutate({ id, content: "Else." });
    await setGate(0);
    expect(await refusal(ada.trpc.botPrompt.rollback.mutate({ id, version: 1 }))).toBe("EVALUATION_REQUIRED");
    // an unsaved text is evaluated, and saving it then is publishing it
    await run({ prompt: "Better." });
    await run();
    await ada.trpc.botPrompt.update.mutate({ id, content: "Better." });
  });

  test("gives way to a reason, which is kept", async () => {
    await setGate(1);
    await activate({ reason: "The old text names a closed shop." });
    const rows = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, "prompt.gate_overridden")),
    );
    expect(rows.at(-1)?.after).toMatchObject({
      reason: "The old text names a closed shop.",
      refusal: "not_evaluated",
    });
    expect(await refusal(activate({ reason: "no" }))).toBe("VALIDATION_ERROR");
  });
});

test("a bot without a gate publishes anything", async () => {
  await activate();
  expect(await refusedFor()).toBeNull();
});
