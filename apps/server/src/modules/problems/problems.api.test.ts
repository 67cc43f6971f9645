import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat } from "../../../../../tests/harness/chat.ts";
import { refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { ask as askBotOf, type Listed, problemsOnce, refundBot } from "./testing/problem-world.ts";

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const shop = () => refundBot(ada);
const ask = (botId: string, question: string) => askBotOf(server, ada, botId, question);
const until = (botId: string, check: (items: Listed) => void) => problemsOnce(ada, botId, check);

const rate = (queryLogId: string, rating: "THUMBS_UP" | "THUMBS_DOWN", comment?: string) =>
  ada.trpc.ragQuery.submitFeedback.mutate({ queryLogId, rating, ...(comment ? { comment } : {}) });

describe("a question that finds no good answer", () => {
  test("becomes one problem however it is worded, and another thing another", async () => {
    const { id } = await shop();
    await ask(id, "Do you sell gift vouchers?");
    await ask(id, "do you sell gift vouchers ?");
    await ask(id, "Gift vouchers, do you sell them?");
    await ask(id, "Do you sell gift vochers?");
    await ask(id, "Do you sell garden chairs?");
    const items = await until(id, (found) =>
      expect(found).toMatchObject([
        { occurrences: 4, questionCount: 3, kinds: { unanswered: 4 }, status: "open" },
        { occurrences: 1, question: "Do you sell garden chairs?" },
      ]),
    );
    expect(items[0]?.trend.at(-1)).toBe(4);
    const detail = await ada.trpc.problems.get.query({ id: items[0]?.id ?? "" });
    expect(detail.questions.map(({ occurrences }) => occurrences)).toEqual([2, 1, 1]);
    expect(detail.answers).toHaveLength(4);
    expect(detail.answers[0]).toMatchObject({ kinds: ["unanswered"], answer: { mode: "abstained" } });
  });

  test("is one problem when two ask the same at once", async () => {
    const { id } = await shop();
    await Promise.all([1, 2, 3].map(() => ask(id, "Which moons of Jupiter have volcanoes?")));
    await until(id, (items) => expect(items).toMatchObject([{ occurrences: 3, questionCount: 1 }]));
  });

  test("is counted once though it was also rated badly and a person was asked for", async () => {
    const { id } = await shop();
    const { answerId, conversationId } = await ask(id, "Where are your offices?");
    await rate(answerId, "THUMBS_DOWN", "Useless.");
    await askBot(server, memberChat(ada, id, conversationId), "I want to talk to a human");
    const [problem] = await until(id, (items) =>
      expect(items).toMatchObject([
        { occurrences: 1, kinds: { unanswered: 1, rated_down: 1, escalated: 1, reviewed_wrong: 0 } },
      ]),
    );
    const { answers } = await ada.trpc.problems.get.query({ id: problem?.id ?? "" });
    expect(answers).toMatchObject([{ answerId, conversationId, comment: "Useless." }]);
  });

  test("counts a bad rating until it is taken back", async () => {
    const { id } = await shop();
    const { answerId, mode } = await ask(id, "Do refunds go back to the card that paid?");
    expect(mode).toBe("extractive");
    await rate(answerId, "THUMBS_DOWN", "It took a month.");
    await until(id, (items) => expect(items).toMatchObject([{ kinds: { rated_down: 1, unanswered: 0 } }]));
    await rate(answerId, "THUMBS_UP");
    await until(id, (items) => expect(items).toEqual([]));
  });

  test("counts a review that says wrong until that is withdrawn", async () => {
    const { id } = await shop();
    const { answerId } = await ask(id, "Do refunds go back to the card that paid?");
    const review = (verdict: "wrong" | null) =>
      ada.trpc.qualityAssurance.review.mutate({ answerId, verdict });
    await review("wrong");
    await until(id, (items) =>
      expect(items).toMatchObject([{ kinds: { reviewed_wrong: 1, unanswered: 0 } }]),
    );
    await review(null);
    await until(id, (items) => expect(items).toEqual([]));
  });

  test("reopens what was resolved, and says so", async () => {
    const { id } = await shop();
    await ask(id, "Do you ship to Norway?");
    const [problem] = await until(id, (items) => expect(items).toHaveLength(1));
    const problemId = problem?.id ?? "";
    const resolved = await ada.trpc.problems.updateStatus.mutate({ id: problemId, status: "resolved" });
    expect(resolved).toMatchObject({ status: "resolved", resolvedBy: "person", allowed: ["open"] });
    await ask(id, "Do you ship to Norway?");
    await until(id, (items) =>
      expect(items).toMatchObject([
        { id: problemId, status: "open", occurrences: 2, reopenedAt: expect.anything() },
      ]),
    );
    const taken = await ada.trpc.problems.updateStatus.mutate({ id: problemId, status: "in_progress" });
    expect(taken.reopenedAt).toBeNull();
  });

  test("counts on in what is ignored, and stays ignored", async () => {
    const { id } = await shop();
    await ask(id, "Do you like football?");
    const [problem] = await until(id, (items) => expect(items).toHaveLength(1));
    await ada.trpc.problems.updateStatus.mutate({ id: problem?.id ?? "", status: "ignored" });
    await ask(id, "Do you like football?");
    await until(id, (items) => expect(items).toMatchObject([{ status: "ignored", occurrences: 2 }]));
  });
});

describe("a problem's state", () => {
  test("moves only as it may, and a refusal names both states", async () => {
    const { id } = await shop();
    await ask(id, "Do you repair bicycles?");
    const [problem] = await until(id, (items) => expect(items).toHaveLength(1));
    const to = (status: "open" | "in_progress" | "resolved" | "ignored") =>
      ada.trpc.problems.updateStatus.mutate({ id: problem?.id ?? "", status });
    expect(await refusalText(to("open"))).toBe(
      "A problem that is open cannot become open. It can become in_progress, resolved, ignored.",
    );
    await to("ignored");
    expect(await refusal(to("resolved"))).toBe("ILLEGAL_TRANSITION");
    await to("open");
    await to("in_progress");
    await to("resolved");
    expect(await refusalText(to("in_progress"))).toContain("resolved cannot become in_progress");
  });
});
