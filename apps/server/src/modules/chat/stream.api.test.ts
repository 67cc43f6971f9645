import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  askBot,
  followEvents,
  openWidget,
  type ReceivedEvent,
  textOf,
  toldNumbers,
  visit,
} from "../../../../../tests/harness/chat.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, shopTexts)).id;
});
afterAll(() => server.close());

const numbered = (events: ReceivedEvent[]) => events.filter((event) => event.id !== null);
const idsOf = (events: ReceivedEvent[]) => events.flatMap((event) => event.id ?? []);

describe("the events of a conversation", () => {
  test("come in order, each number once, with the words in between", async () => {
    const visitor = await visit(server, ada, botId);
    const live = await followEvents(server, visitor.conversationId, visitor.headers);
    expect(live.response.headers.get("content-type")).toContain("text/event-stream");
    expect(live.comments).toEqual([]);
    const answer = await askBot(server, visitor, "What does delivery to Belgium cost?");
    const events = await live.until((all) => all.at(-1)?.event === "end");
    expect(live.comments[0]).toMatch(/^: connected\nretry: \d{4}$/);
    const told = await toldNumbers(server.services.db, ada.tenantId, visitor.conversationId);
    expect(idsOf(events)).toEqual(told);
    expect(numbered(events).map((event) => event.event)).toEqual(["message", "status", "message", "message"]);
    const words = events.flatMap(({ event, data }) =>
      event === "delta" && typeof data === "object" && data !== null ? [Reflect.get(data, "delta")] : [],
    );
    expect(words.join("")).toBe(textOf(answer));
    await live.close();
  });

  test("are resumed with exactly what was missed", async () => {
    const visitor = await visit(server, ada, botId);
    await askBot(server, visitor, "What does delivery to Belgium cost?");
    await askBot(server, visitor, "Are shipping costs refunded?");
    const whole = await followEvents(server, visitor.conversationId, visitor.headers);
    const isWhole = (events: ReceivedEvent[]) => idsOf(events).length === 7 && events.at(-1)?.event === "end";
    const all = [...(await whole.until(isWhole))];
    await whole.close();
    const [first = 0, , third = 0, , , sixth = 0, last = 0] = idsOf(all);
    for (const after of [0, first, third, sixth]) {
      const rest = await followEvents(server, visitor.conversationId, {
        ...visitor.headers,
        "last-event-id": String(after),
      });
      const events = await rest.until((some) => idsOf(some).at(-1) === last && some.at(-1)?.event === "end");
      expect(events).toEqual(all.filter(({ id }, at) => (id ?? all[at - 1]?.id ?? 0) > after));
      await rest.close();
    }
    const current = await followEvents(server, visitor.conversationId, {
      ...visitor.headers,
      "last-event-id": String(last),
    });
    await askBot(server, visitor, "Hello");
    const more = idsOf(await current.until((events) => idsOf(events).length === 3));
    const told = await toldNumbers(server.services.db, ada.tenantId, visitor.conversationId);
    expect([...idsOf(all), ...more]).toEqual(told);
    await current.close();
  });

  test("are in the session's answer up to where it says, so that nothing falls between", async () => {
    const visitor = await visit(server, ada, botId);
    await askBot(server, visitor, "What does delivery to Belgium cost?");
    const widget = await ada.trpc.widgetConfig.getByBotId.query({ botId });
    const resumed = await openWidget(server, widget.widgetId, { token: visitor.token });
    const toldOf = () => toldNumbers(server.services.db, ada.tenantId, resumed.conversationId);
    expect(resumed.lastEventId).toBeGreaterThanOrEqual((await toldOf()).at(-1) ?? 0);
    const live = await followEvents(server, resumed.conversationId, {
      ...resumed.headers,
      "last-event-id": String(resumed.lastEventId),
    });
    const text = "Hello from Ada";
    await ada.trpc.conversations.reply.mutate({ id: resumed.conversationId, text, clientId: newId() });
    const events = await live.until((some) => some.length >= 3);
    expect(idsOf(events)).toEqual((await toldOf()).filter((number) => number > resumed.lastEventId));
    expect(events.map((event) => event.event)).toEqual(["status", "message", "status"]);
    expect(events[0]?.data).toEqual({ status: "awaiting_agent", agent: { name: "Ada" } });
    expect(JSON.stringify(events[1]?.data)).toContain(text);
    await live.close();
  });

  test("are followed with a token in the address, as EventSource must", async () => {
    const visitor = await visit(server, ada, botId);
    const path = `${visitor.conversationId}/stream?token=${visitor.token}&lastEventId=0`;
    const response = await fetch(`${server.url}/api/chat/${path}`);
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });
});

describe("a visitor's token", () => {
  const follow = (id: string, headers: Record<string, string>) =>
    fetch(`${server.url}/api/chat/${id}/messages`, { headers });
  const code = async (response: Response) => [response.status, (await response.json()).error?.code];

  test("is good for the site on which it was given, and for the server itself", async () => {
    const { widgetId } = await ada.trpc.widgetConfig.getByBotId.query({ botId });
    const visitor = await openWidget(server, widgetId, { origin: "https://shop.example" });
    expect((await follow(visitor.conversationId, visitor.headers)).status).toBe(200);
    const elsewhere = { ...visitor.headers, origin: "https://evil.example" };
    expect(await code(await follow(visitor.conversationId, elsewhere))).toEqual([403, "ORIGIN_NOT_ALLOWED"]);
    const live = await followEvents(server, visitor.conversationId, elsewhere);
    expect(live.status).toBe(403);
    await live.close();
  });

  test("that is forged, expired or of another kind is refused", async () => {
    const visitor = await visit(server, ada, botId);
    const id = visitor.conversationId;
    const [header, payload, signature] = visitor.token.split(".");
    const claims = JSON.parse(Buffer.from(payload ?? "", "base64url").toString());
    const sign = (claim: object, secret: string) =>
      new SignJWT({ ...claims, ...claim })
        .setProtectedHeader({ alg: "HS256" })
        .sign(new TextEncoder().encode(secret.padEnd(32, "x")));
    const altered = Buffer.from(JSON.stringify({ ...claims, customerId: newId() })).toString("base64url");
    const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    const tokens = [
      "x",
      "",
      await sign({}, "another secret"),
      `${header}.${altered}.${signature}`,
      `${none}.${payload}.`,
    ];
    for (const token of tokens) {
      const response = await follow(id, { authorization: `Bearer ${token}` });
      expect(await code(response)).toEqual([401, "UNAUTHORIZED"]);
    }
    const issued = server.services.ports.visitorTokens;
    await expect(issued.read(visitor.token)).resolves.toMatchObject({ customerId: claims.customerId });
    expect(claims.exp - claims.iat).toBe(30 * 24 * 3600);
  });

  test("is not a member's: the console's procedures refuse it", async () => {
    const visitor = await visit(server, ada, botId);
    const response = await fetch(`${server.url}/trpc/bot.list`, { headers: visitor.headers });
    expect(response.status).toBe(401);
  });
});

describe("a widget's domains", () => {
  test("decide which pages open a session", async () => {
    const bot = await botWith(ada, shopTexts, "Guarded");
    const { widgetId } = await ada.trpc.widgetConfig.update.mutate({
      botId: bot.id,
      allowedDomains: ["shop.example", "*.fleet.example", "localhost:8080"],
    });
    const from = (origin: string | undefined) =>
      openWidget(server, widgetId, origin ? { origin } : {}).then(
        () => "opened",
        (error: Error) => error.message,
      );
    const refused = "403 ORIGIN_NOT_ALLOWED";
    expect(await from("https://shop.example")).toBe("opened");
    expect(await from("https://a.b.fleet.example")).toBe("opened");
    expect(await from("http://localhost:8080")).toBe("opened");
    expect(await from(server.url)).toBe("opened");
    expect(await from("http://localhost:8081")).toBe(refused);
    expect(await from("https://evilshop.example")).toBe(refused);
    expect(await from("https://shop.example.evil.example")).toBe(refused);
    expect(await from("https://evilfleet.example")).toBe(refused);
    expect(await from("null")).toBe(refused);
    expect(await from(undefined)).toBe(refused);
  });

  test("an unknown widget is not found, and no id is no widget", async () => {
    await expect(openWidget(server, newId())).rejects.toThrow("404 NOT_FOUND");
    await expect(openWidget(server, "x")).rejects.toThrow("400 VALIDATION_ERROR");
  });
});
