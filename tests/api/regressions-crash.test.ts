import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listProcedures } from "../../apps/server/src/app/procedures.ts";
import { httpRoutes } from "../../apps/server/src/app/routes.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import { refusal } from "../harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../harness/server.ts";

/** What made other products stop, or take all that a machine has. */
let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await startTestServer({ RATE_LIMIT_SCALE: "10000" });
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const isAlive = async () => (await fetch(`${server.url}/health/live`)).status === 200;

const changes = [
  // one without an input would be done whatever was sent
  ...listProcedures().flatMap(({ name, type, input }) =>
    type === "mutation" && input ? [{ method: "POST", path: `/trpc/${name}` }] : [],
  ),
  ...httpRoutes.flatMap(({ method, path, body }) =>
    method === "GET" || !body ? [] : [{ method, path: path.replaceAll(/\{\w+\}/g, newId()) }],
  ),
];

describe("G01: a body that is missing, or of another shape, is refused and stops nothing", () => {
  test.each(["", "null", "[]", '"text"', "{", '{"__proto__": null}', '{"constructor": {"prototype": 1}}'])(
    "%j",
    async (body) => {
      const failed: string[] = [];
      for (const { method, path } of changes) {
        const headers = { ...ada.headers, "content-type": "application/json" };
        const response = await fetch(`${server.url}${path}`, { method, headers, body });
        if (response.status >= 500)
          failed.push(`${method} ${path}: ${response.status} ${await response.text()}`);
      }
      expect(failed).toEqual([]);
      expect(await isAlive()).toBe(true);
    },
  );
});

/** The status that an upgrade is answered with; 101 would be a socket. */
function upgrade(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(`${server.url}${path}`, {
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      },
    });
    asked.on("response", (response) => resolve(response.resume().statusCode ?? 0));
    asked.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    asked.on("error", reject);
    asked.end();
  });
}

test.each(["/", "/trpc", "/api/chat"])(
  "G02, G06: no socket is opened at %s, so that no frame can be too large",
  async (path) => expect(await upgrade(path).catch(() => "hung up")).not.toBe(101),
);

test("G02, G06: a frame that is too large ends its socket and nothing else", async () => {
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
  await new Promise((resolve) => socket.addEventListener("message", resolve, { once: true }));
  const closed = new Promise((resolve) => socket.addEventListener("close", resolve, { once: true }));
  socket.send(`4${"a".repeat(1024 * 1024)}`);
  await closed;
  expect(await isAlive()).toBe(true);
});

test.each(["/trpc/auth.login", "/api/chat", "/socket.io/?EIO=4&transport=polling"])(
  "G06: a hundred megabytes sent to %s are refused before they are read",
  async (path) => {
    const status = await new Promise<number>((resolve, reject) => {
      const asked = request(`${server.url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", "content-length": 100 * 1024 * 1024 },
      });
      asked.on("response", (response) => {
        resolve(response.statusCode ?? 0);
        asked.destroy();
      });
      asked.on("error", reject);
      asked.write('{"a":"');
    });
    expect([400, 404, 413]).toContain(status);
    expect(await isAlive()).toBe(true);
  },
);

test.each(["null", "7", "%7B", "%5B%22a%22%5D", "%7B%22a%22%3A1%7D"])(
  "G06: connection parameters %s of a subscription stop nothing",
  async (parameters) => {
    const response = await fetch(
      `${server.url}/trpc/conversations.changes?input=%7B%7D&connectionParams=${parameters}`,
      { headers: { ...ada.headers, accept: "text/event-stream" }, signal: AbortSignal.timeout(2_000) },
    );
    expect(response.status).toBeLessThan(500);
    await response.body?.cancel();
    expect(await isAlive()).toBe(true);
  },
);

test("G03: what is deleted while others use it is refused to them, and stops nothing", async () => {
  for (let round = 0; round < 3; round++) {
    const { id } = await ada.trpc.bot.create.mutate({ name: `Bot ${round}` });
    const used = [
      ...Array.from({ length: 3 }, () => ada.trpc.chat.sendMessage.mutate({ botId: id, text: "Hello" })),
      ada.trpc.botDocument.addManualText.mutate({ botId: id, name: "Tea", content: "At four." }),
      ada.trpc.botPrompt.create.mutate({ botId: id, name: "Kind", content: "Be kind." }),
      ada.trpc.bot.update.mutate({ id, description: "Used" }),
    ];
    const [deleted, ...outcomes] = await Promise.allSettled([ada.trpc.bot.delete.mutate({ id }), ...used]);
    expect(deleted.status).toBe("fulfilled");
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") {
        expect(await refusal(Promise.reject(outcome.reason))).not.toBe("INTERNAL");
      }
    }
  }
  expect(await isAlive()).toBe(true);
});

test("G04: more calls at once than the database has connections are all answered", async () => {
  const calls = Array.from({ length: 60 }, (_, n) =>
    n % 4 === 0
      ? ada.trpc.user.updateProfile.mutate({ name: `Ada ${n}` }).then(() => "done")
      : ada.trpc.bot.list.query().then(() => "done"),
  );
  expect(new Set(await Promise.all(calls))).toEqual(new Set(["done"]));
});

test.each([
  "application/json\t; charset=utf-8",
  "application/json;\tx",
  "APPLICATION/JSON",
  "text/plain",
  "application/x",
])("G05: a body sent as %j is held to the schema, or refused", async (type) => {
  const { status, body } = await new Promise<{ status: number; body: string }>((resolve, reject) => {
    const asked = request(`${server.url}/api/audit/export`, {
      method: "POST",
      headers: { ...ada.headers, "content-type": type },
    });
    asked.on("response", async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, body: text });
    });
    asked.on("error", reject);
    asked.end('{"format":"exe"}');
  });
  expect(status, body).toBe(400);
  expect(JSON.parse(body)).toMatchObject({ error: { code: "VALIDATION_ERROR" } });
});
