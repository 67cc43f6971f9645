import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepAnswers } from "../../../../../tests/harness/answers.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { refusal } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";
import { problems as problemTable } from "./problems.tables.ts";
import { ask, problemsOnce, refundBot } from "./testing/problem-world.ts";

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

/** Groups a bot's questions again and waits for the end. */
async function recluster(botId: string) {
  const { id } = await ada.trpc.problems.recluster.mutate({ botId });
  return eventually(async () => {
    const run = await ada.trpc.problems.clustering.query({ botId });
    expect(run).toMatchObject({ id, status: "done" });
    return run;
  });
}

const list = async (botId: string) => (await ada.trpc.problems.list.query({ botId })).items;
const detail = (id: string) => ada.trpc.problems.get.query({ id });

/** A bot with two problems: one of vouchers, in two wordings, one of chairs. */
async function twoProblems() {
  const { id: botId } = await refundBot(ada);
  await ask(server, ada, botId, "Do you sell gift vouchers?");
  await ask(server, ada, botId, "Gift vouchers, do you sell them?");
  await ask(server, ada, botId, "Where can I buy garden chairs?");
  const [vouchers, chairs] = await problemsOnce(ada, botId, (items) =>
    expect(items).toMatchObject([{ occurrences: 2 }, { occurrences: 1 }]),
  );
  if (!vouchers || !chairs) throw new Error("There are two problems.");
  return { botId, vouchers, chairs };
}

describe("grouping again", () => {
  test("keeps what a person merged together, and comes to the same twice", async () => {
    const { botId, vouchers, chairs } = await twoProblems();
    const merged = await ada.trpc.problems.merge.mutate({ id: chairs.id, intoId: vouchers.id });
    expect(merged).toMatchObject({ id: vouchers.id, occurrences: 3, questionCount: 3 });
    expect(await refusal(detail(chairs.id))).toBe("NOT_FOUND");
    for (let times = 0; times < 2; times++) {
      expect(await recluster(botId)).toMatchObject({ done: 3, total: 3, problemsAfter: 1 });
      expect(await list(botId)).toMatchObject([{ id: vouchers.id, occurrences: 3 }]);
    }
    await ask(server, ada, botId, "Where can I buy garden chairs?"); // and so does who asks later
    await problemsOnce(ada, botId, (items) => expect(items).toMatchObject([{ occurrences: 4 }]));
  });

  test("keeps what a person split apart", async () => {
    const { botId, vouchers } = await twoProblems();
    const { questions } = await detail(vouchers.id);
    const split = (questionIds: string[]) => ada.trpc.problems.split.mutate({ id: vouchers.id, questionIds });
    expect(await refusal(split(questions.map(({ id }) => id)))).toBe("VALIDATION_ERROR");
    expect(await refusal(split([newId()]))).toBe("NOT_FOUND");
    const own = await split([questions[1]?.id ?? ""]);
    expect(own).toMatchObject({ occurrences: 1, question: questions[1]?.question });
    await recluster(botId);
    const ids = (await list(botId)).map(({ id }) => id);
    expect(ids).toHaveLength(3);
    expect(ids).toEqual(expect.arrayContaining([vouchers.id, own.id]));
  });

  test("collects answers from before occurrences were kept, and goes on with the old problem", async () => {
    const { id: botId } = await refundBot(ada);
    const at = new Date("2026-09-01T10:00:00Z");
    const given = {
      botId,
      createdAt: at,
      channel: "widget" as const,
      mode: "abstained" as const,
      model: "builtin:extractive",
      language: "en",
      confidence: 0,
      latencyMs: 1,
      fallbackReason: null,
      inputTokens: 0,
      outputTokens: 0,
      cost: 0,
      rating: null,
      ratingComment: null,
      cites: [],
      handOff: false,
    };
    await keepAnswers(server.services.db, ada.tenantId, [
      { ...given, question: "Do you repair old clocks?" },
      { ...given, question: "do you repair old clocks" },
      { ...given, question: "Is a refund fast?", mode: "extractive", rating: "down", ratingComment: "No." },
      { ...given, question: "What is a refund?", mode: "extractive" },
    ]);
    const old = newId();
    await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.insert(problemTable).values({
        tenantId: ada.tenantId,
        id: old,
        botId,
        question: "Do you repair old clocks?",
        status: "open",
        occurrences: 7,
      }),
    );
    await recluster(botId);
    expect(await list(botId)).toMatchObject([
      { id: old, occurrences: 2, questionCount: 1, lastSeenAt: at.toISOString() },
      { question: "Is a refund fast?", kinds: { rated_down: 1 } },
    ]);
  });

  test("is one run however often it is asked for while it runs", async () => {
    const { botId } = await twoProblems();
    const runs = await Promise.all([1, 2, 3].map(() => ada.trpc.problems.recluster.mutate({ botId })));
    const ids = new Set(runs.map(({ id }) => id));
    await eventually(async () =>
      expect(await ada.trpc.problems.clustering.query({ botId })).toMatchObject({ status: "done" }),
    );
    expect(ids.size).toBeLessThanOrEqual(3);
    expect((await list(botId)).length).toBe(2);
  });
});

describe("merging", () => {
  test("is refused for one problem, and for those of two bots", async () => {
    const [one, other] = [await twoProblems(), await twoProblems()];
    const merge = (id: string, intoId: string) => refusal(ada.trpc.problems.merge.mutate({ id, intoId }));
    expect(await merge(one.chairs.id, one.chairs.id)).toBe("VALIDATION_ERROR");
    expect(await merge(one.chairs.id, other.chairs.id)).toBe("VALIDATION_ERROR");
  });

  test("what is open, merged into what is resolved, opens that", async () => {
    const { vouchers, chairs } = await twoProblems();
    await ada.trpc.problems.updateStatus.mutate({ id: vouchers.id, status: "resolved" });
    expect(await ada.trpc.problems.merge.mutate({ id: chairs.id, intoId: vouchers.id })).toMatchObject({
      status: "open",
      resolvedBy: null,
    });
  });
});
