import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { colleague, refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import {
  answerAndResolve,
  ask,
  onlyProblem,
  problemsOnce,
  refundBot,
  testOnce,
} from "./testing/problem-world.ts";

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

/** A problem with a conversation in which a colleague helped. */
async function answeredProblem() {
  const bot = await refundBot(ada);
  const first = await ask(server, ada, bot.id, "How long does delivery to Norway take?");
  const second = await ask(server, ada, bot.id, "how long does delivery to norway take");
  await answerAndResolve(
    ada,
    first.conversationId,
    "Hello Kim,\nYes, we ship to Norway. Delivery to Norway takes 6 working days. I have sent you order 48151. Write to me at ada@shop.example. Kind regards",
  );
  await answerAndResolve(ada, second.conversationId, "We ship to Norway too. Shipping costs 12 euros.");
  return { bot, problem: await onlyProblem(ada, bot.id, 2) };
}

describe("an article", () => {
  test("is drafted from colleagues' replies, approved, and closes the gap by evidence", async () => {
    const { bot, problem } = await answeredProblem();
    const draft = await ada.trpc.problemArticles.draft.mutate({ problemId: problem.id });
    expect(draft).toMatchObject({
      status: "draft",
      writtenBy: "builtin",
      fallbackReason: null,
      title: "How long does delivery to Norway take?",
      documentId: null,
    });
    expect(draft.content).toContain("Delivery to Norway takes 6 working days.");
    expect(draft.content).toContain("Shipping costs 12 euros.");
    const { items: audited } = await ada.trpc.audit.list.query({ action: "problem-article.drafted" });
    expect(audited).toMatchObject([{ actor: { id: ada.userId }, subject: { id: problem.id } }]);
    for (const personal of ["Kim", "48151", "ada@shop.example", "regards"]) {
      expect(draft.content).not.toContain(personal);
    }
    expect(new Set(draft.sources.map(({ conversationId }) => conversationId)).size).toBe(2);
    const documents = () => ada.trpc.botDocument.listByBotId.query({ botId: bot.id });
    expect(await documents()).toHaveLength(1); // nothing is published by a draft

    const edited = await ada.trpc.problemArticles.update.mutate({
      id: draft.id,
      revision: 1,
      content: `${draft.content}\n\nOrders over 80 euros ship free.`,
    });
    expect(edited.revision).toBe(2);
    expect(await refusal(ada.trpc.problemArticles.approve.mutate({ id: draft.id, revision: 1 }))).toBe(
      "CONFLICT",
    );
    const approved = await ada.trpc.problemArticles.approve.mutate({ id: draft.id, revision: 2 });
    expect(approved).toMatchObject({ status: "approved", decidedBy: { name: "Ada" } });
    expect((await documents()).map(({ id }) => id)).toContain(approved.documentId);

    const { test, problem: closed } = await testOnce(ada, problem.id);
    expect(test).toMatchObject({ status: "done", answeredShare: 1, articleId: draft.id });
    expect(test.results).toMatchObject([
      { isAnswered: true, reason: null, documents: [{ id: approved.documentId }] },
    ]);
    expect(closed).toMatchObject({ status: "resolved", resolvedBy: "evidence", articleStatus: "approved" });
    expect((await ask(server, ada, bot.id, "How long does delivery to Norway take?")).mode).toBe(
      "extractive",
    );
  });

  test("approved twice at once becomes one document", async () => {
    const { bot, problem } = await answeredProblem();
    const { id } = await ada.trpc.problemArticles.draft.mutate({ problemId: problem.id });
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() => ada.trpc.problemArticles.approve.mutate({ id })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const documents = await ada.trpc.botDocument.listByBotId.query({ botId: bot.id });
    expect(
      documents.filter(({ fileName }) => fileName === "How long does delivery to Norway take?"),
    ).toHaveLength(1);
    expect(await refusalText(ada.trpc.problemArticles.approve.mutate({ id }))).toBe(
      "An article that is approved cannot be approved. Only a draft can: write another.",
    );
    await testOnce(ada, problem.id);
  });

  test("that does not answer leaves the problem open and says which question fails", async () => {
    const bot = await refundBot(ada);
    await ask(server, ada, bot.id, "Which moons of Jupiter have volcanoes?");
    const problem = await onlyProblem(ada, bot.id);
    expect(await refusal(ada.trpc.problemArticles.draft.mutate({ problemId: problem.id }))).toBe("CONFLICT");
    const { id } = await ada.trpc.problemArticles.create.mutate({
      problemId: problem.id,
      title: "Parking",
      content: "You may park behind the house on weekdays.",
    });
    await ada.trpc.problemArticles.approve.mutate({ id });
    const { test, problem: still } = await testOnce(ada, problem.id);
    expect(test).toMatchObject({
      status: "done",
      answeredShare: 0,
      results: [{ isAnswered: false, mode: "abstained", reason: "The bot found no answer." }],
    });
    expect(still.status).toBe("open");
  });

  test("is rejected and stays to be read; an agent writes it, an owner approves it", async () => {
    const bot = await refundBot(ada);
    await ask(server, ada, bot.id, "Do you have a shop in Oslo?");
    const problem = await onlyProblem(ada, bot.id);
    const agent = await colleague(server, ada, "agent");
    const write = () =>
      agent.trpc.problemArticles.create.mutate({ problemId: problem.id, content: "No, online only." });
    const { id, title, writtenBy } = await write();
    expect({ title, writtenBy }).toEqual({ title: "Do you have a shop in Oslo?", writtenBy: "person" });
    expect(await refusal(agent.trpc.problemArticles.approve.mutate({ id }))).toBe("FORBIDDEN");
    await agent.trpc.problemArticles.reject.mutate({ id });
    expect(await refusal(ada.trpc.problemArticles.approve.mutate({ id }))).toBe("ILLEGAL_TRANSITION");
    expect(await refusal(ada.trpc.problemArticles.update.mutate({ id, title: "Oslo" }))).toBe(
      "ILLEGAL_TRANSITION",
    );
    await write();
    const all = await agent.trpc.problemArticles.listByProblemId.query({ problemId: problem.id });
    expect(all.map(({ status }) => status)).toEqual(["draft", "rejected"]);
  });

  test("of a bad answer must be what the bot answers from now", async () => {
    const bot = await refundBot(ada);
    const { answerId } = await ask(server, ada, bot.id, "Do refunds go back to the card that paid?");
    await ada.trpc.ragQuery.submitFeedback.mutate({ queryLogId: answerId, rating: "THUMBS_DOWN" });
    const problem = await onlyProblem(ada, bot.id);
    await ada.trpc.problems.retest.mutate({ id: problem.id });
    const { test } = await testOnce(ada, problem.id);
    expect(test.results).toMatchObject([
      { isAnswered: false, reason: "The bot gives the same answer that was bad before." },
    ]);
  });
});

test("a bot's problems are its own", async () => {
  const [one, other] = [await refundBot(ada), await refundBot(ada)];
  await ask(server, ada, one.id, "Do you sell shoes?");
  await ask(server, ada, other.id, "Do you sell shoes?");
  await problemsOnce(ada, one.id, (items) => expect(items).toMatchObject([{ occurrences: 1 }]));
  await problemsOnce(ada, other.id, (items) => expect(items).toMatchObject([{ occurrences: 1 }]));
});
