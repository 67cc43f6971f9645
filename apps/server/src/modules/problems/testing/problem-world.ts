import { expect } from "vitest";
import { askBot, memberChat, verificationOf } from "../../../../../../tests/harness/chat.ts";
import { eventually } from "../../../../../../tests/harness/eventually.ts";
import { botWith } from "../../../../../../tests/harness/scenarios.ts";
import type { TestServer, TestUser } from "../../../../../../tests/harness/server.ts";
import { newId } from "../../../platform/ids/index.ts";

/** A bot that knows of refunds alone. */
export function refundBot(user: TestUser) {
  return botWith(user, {
    "Refunds.md": "# Refunds\n\nA refund takes 14 days. Refunds go back to the card that paid.",
  });
}

/** Asks a bot, in a conversation of its own unless one is given. */
export async function ask(
  server: TestServer,
  user: TestUser,
  botId: string,
  question: string,
  chatId = newId(),
) {
  const answer = await askBot(server, memberChat(user, botId, chatId), question);
  const answerId = answer.metadata?.answerId;
  if (!answerId) throw new Error("There is no answer.");
  return { answerId, conversationId: chatId, mode: verificationOf(answer).mode };
}

export type Listed = Awaited<ReturnType<TestUser["trpc"]["problems"]["list"]["query"]>>["items"];

/** The bot's problems once they fit. */
export function problemsOnce(user: TestUser, botId: string, check: (items: Listed) => void): Promise<Listed> {
  return eventually(async () => {
    const { items } = await user.trpc.problems.list.query({ botId });
    check(items);
    return items;
  });
}

/** The bot's only problem, once it counts so many occurrences. */
export async function onlyProblem(user: TestUser, botId: string, occurrences = 1) {
  const [problem] = await problemsOnce(user, botId, (items) =>
    expect(items).toMatchObject([{ occurrences }]),
  );
  if (!problem) throw new Error("There is no problem.");
  return problem;
}

/** The problem's latest test, once it ended. */
export function testOnce(user: TestUser, id: string) {
  return eventually(
    async () => {
      const problem = await user.trpc.problems.get.query({ id });
      const [test] = problem.tests;
      if (test?.status !== "done" && test?.status !== "failed") throw new Error(test?.status ?? "none");
      // what it came to for the problem was committed with it, but perhaps after the problem was read
      return { test, problem: await user.trpc.problems.get.query({ id }) };
    },
    { timeout: 30_000 },
  );
}

/** A colleague answers in a conversation, and resolves it. */
export async function answerAndResolve(user: TestUser, conversationId: string, text: string): Promise<void> {
  await user.trpc.conversations.reply.mutate({ id: conversationId, text, clientId: newId() });
  await user.trpc.conversations.resolve.mutate({ id: conversationId });
}
