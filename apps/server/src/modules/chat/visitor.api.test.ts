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

describe("a visitor's files", () => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const poster = (visitor: { headers: Record<string, string> }) => (path: string, body: object) =>
    fetch(`${server.url}/api/chat${path}`, {
      method: "POST",
      headers: { ...visitor.headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const asFile = (fileName: string, bytes: Uint8Array | string) => ({
    fileName,
    base64Content: Buffer.from(bytes).toString("base64"),
  });

  test("reach a person without words, once, and come down as they went up", async () => {
    const visitor = await visit(server, ada, botId);
    const post = poster(visitor);
    const { conversationId: id } = visitor;
    const kept = await (await post(`/${id}/attachments`, asFile("screen.png", png))).json();
    expect(kept).toMatchObject({ fileName: "screen.png", contentType: "image/png", size: png.length });
    const file = `${server.url}/api/chat/${id}/attachments/${kept.id}`;
    const open = (headers: Record<string, string>) => fetch(file, { headers });
    expect((await open(visitor.headers)).status).toBe(404); // no message has it yet

    const message = { ...userMessage(""), parts: [], attachmentIds: [kept.id] };
    const say = () => post("", { id, messages: [message] });
    expect(await (await say()).text()).toContain("data-delivered");
    expect(await (await say()).text()).toContain("data-delivered");
    const { messages, status } = await ada.trpc.conversations.get.query({ id });
    expect(status).toBe("escalated");
    expect(messages.filter(({ role }) => role === "user")).toMatchObject([
      {
        parts: [
          { type: "text", text: "" },
          { type: "data-attachment", data: { fileName: "screen.png" } },
        ],
      },
    ]);

    const { url } = await (await open(visitor.headers)).json();
    const download = await fetch(url);
    expect(Buffer.from(await download.arrayBuffer())).toEqual(png);
    expect(download.headers.get("content-disposition")).toMatch(/^attachment/);
    const hers = await ada.trpc.conversations.openAttachment.query({ attachmentId: kept.id });
    expect((await fetch(hers.url)).status).toBe(200);
    const stranger = await visit(server, ada, botId);
    expect((await open(stranger.headers)).status).toBe(404);
    const elsewhere = `/api/chat/${stranger.conversationId}/attachments/${kept.id}`;
    expect((await fetch(`${server.url}${elsewhere}`, { headers: visitor.headers })).status).toBe(404);

    const twice = { ...userMessage("Again"), attachmentIds: [kept.id] };
    expect((await post("", { id, messages: [twice] })).status).toBe(409);
    const body = { id: stranger.conversationId, messages: [twice] };
    expect((await poster(stranger)("", body)).status).toBe(404);
  });

  test("come with a question that the bot answers, and go with their message", async () => {
    const visitor = await visit(server, ada, botId);
    const { conversationId: id } = visitor;
    const post = poster(visitor);
    const kept = await (await post(`/${id}/attachments`, asFile("order.txt", "Order 7"))).json();
    const question = { ...userMessage("What does delivery to Belgium cost?"), attachmentIds: [kept.id] };
    const answer = await post("", { id, messages: [question] });
    expect(await answer.text()).toContain("12 euros");
    const found = await ada.trpc.conversations.search.query({ filter: { search: "delivery to Belgium" } });
    expect(found.items.map((item) => item.id)).toContain(id);
    const all = await (
      await fetch(`${server.url}/api/chat/${id}/messages`, { headers: visitor.headers })
    ).json();
    expect(JSON.stringify(all.messages[0].parts)).toContain("order.txt");
  });

  test.each<{ what: string; fileName: string; bytes: Uint8Array | string; status: number; named?: string }>([
    { what: "a picture named as a page", fileName: "a.html", bytes: png, status: 201, named: "a.html.png" },
    {
      what: "a page",
      fileName: "a.html",
      bytes: "<script>1</script>",
      status: 201,
      named: "a.html.txt",
    },
    { what: "a program", fileName: "a.png", bytes: Buffer.from("MZ\0\0\0\0"), status: 415 },
    { what: "a drawing that runs", fileName: "a.svg", bytes: '<?xml version="1.0"?><svg/>', status: 415 },
    { what: "an archive", fileName: "a.zip", bytes: Buffer.from("PK\x05\x06".padEnd(22, "\0")), status: 415 },
    { what: "nothing", fileName: "a.txt", bytes: "", status: 400 },
    { what: "what has no name", fileName: " ", bytes: "Hello", status: 400 },
    { what: "10 MB", fileName: "a.txt", bytes: Buffer.alloc(10 * 1024 * 1024, "a"), status: 201 },
    { what: "a byte more", fileName: "a.txt", bytes: Buffer.alloc(10 * 1024 * 1024 + 1, "a"), status: 413 },
  ])("$what: $status", async ({ fileName, bytes, status, named }) => {
    const visitor = await visit(server, ada, botId);
    const kept = await poster(visitor)(`/${visitor.conversationId}/attachments`, asFile(fileName, bytes));
    expect(kept.status).toBe(status);
    const answer = await kept.json();
    if (named) expect(answer.fileName).toBe(named);
  });

  test("are a visitor's, not a member's or a stranger's", async () => {
    const visitor = await visit(server, ada, botId);
    const path = `/${visitor.conversationId}/attachments`;
    expect((await poster({ headers: ada.headers })(path, asFile("a.txt", "Hello"))).status).toBe(401);
    expect((await poster(await visit(server, ada, botId))(path, asFile("a.txt", "Hello"))).status).toBe(404);
  });
});
