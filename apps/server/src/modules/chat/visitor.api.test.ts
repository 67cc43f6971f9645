import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  askBot,
  openWidget,
  textOf,
  userMessage,
  verificationOf,
  visit,
} from "../../../../../tests/harness/chat.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";

let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, shopTexts)).id;
});
afterAll(() => server.close());

describe("a visitor", () => {
  test("is answered, finds the conversation again by the token, and starts anew without it", async () => {
    const visitor = await visit(server, ada, botId);
    const answer = await askBot(server, visitor, "What does delivery to Belgium cost?");
    expect(textOf(answer)).toContain("12 euros");
    expect(verificationOf(answer).notice).toBeNull();
    const widget = await ada.trpc.widgetConfig.getByBotId.query({ botId });
    const again = await openWidget(server, widget.widgetId, { token: visitor.token });
    expect(again.conversationId).toBe(visitor.conversationId);
    expect(again.messages.map(textOf)).toEqual(["What does delivery to Belgium cost?", textOf(answer)]);
    const stranger = await openWidget(server, widget.widgetId, { token: `${visitor.token}x` });
    expect(stranger.conversationId).not.toBe(visitor.conversationId);
  });

  test("neither reads, asks in, follows nor rates another's conversation", async () => {
    const [mine, theirs] = [await visit(server, ada, botId), await visit(server, ada, botId)];
    const answer = await askBot(server, theirs, "How long does a refund take?");
    const { answerId } = answer.metadata ?? {};
    const post = (path: string, body: object) =>
      fetch(`${server.url}${path}`, {
        method: "POST",
        headers: { ...mine.headers, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const base = `/api/chat/${theirs.conversationId}`;
    const tries = await Promise.all([
      fetch(`${server.url}${base}/messages`, { headers: mine.headers }),
      fetch(`${server.url}${base}/stream`, { headers: mine.headers }),
      post("/api/chat", { id: theirs.conversationId, messages: [userMessage("Hello")] }),
      post(`${base}/handoff`, {}),
      post(`${base}/feedback`, { answerId, rating: "up" }),
      post(`/api/chat/${mine.conversationId}/feedback`, { answerId, rating: "up" }),
      post("/api/chat", { id: "not mine", botId, messages: [userMessage("Hello")] }),
    ]);
    expect(tries.map((response) => response.status)).toEqual([404, 404, 404, 404, 404, 404, 404]);
    await Promise.all(tries.map((response) => response.body?.cancel()));
  });

  test("rates an answer, and the last rating counts", async () => {
    const visitor = await visit(server, ada, botId);
    const answer = await askBot(server, visitor, "How long does a refund take?");
    const rate = (rating: string) =>
      fetch(`${server.url}/api/chat/${visitor.conversationId}/feedback`, {
        method: "POST",
        headers: { ...visitor.headers, "content-type": "application/json" },
        body: JSON.stringify({ answerId: answer.metadata?.answerId, rating }),
      });
    expect((await rate("up")).status).toBe(200);
    expect((await rate("down")).status).toBe(200);
    expect((await rate("sideways")).status).toBe(400);
    const read = await ada.trpc.answers.get.query({ id: answer.metadata?.answerId ?? "" });
    expect(read.rating).toBe("down");
  });

  test("whose bot is deleted is handed to a person", async () => {
    const gone = await botWith(ada, { "Gone.md": "# Gone\n\nThis bot will go." });
    const visitor = await visit(server, ada, gone.id);
    await ada.trpc.bot.delete.mutate({ id: gone.id });
    const message = await askBot(server, visitor, "Are you there?");
    expect(message.parts).toContainEqual({ type: "data-delivered", data: { to: "agent" } });
    const inbox = await ada.trpc.conversations.list.query({ view: "needs_human" });
    expect(inbox.items.map((item) => item.id)).toContain(visitor.conversationId);
  });
});
