import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import { restClient } from "../harness/rest.ts";
import { botWith, refusal } from "../harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../harness/server.ts";
import { codeOf, socketClient } from "../harness/socket.ts";

/* The limits as they are for everybody (`faces/rate-limits.ts`), and the ways around them that were tried. */

let server: TestServer;
let ada: TestUser;
let bea: TestUser;
let cleo: TestUser;

beforeAll(async () => {
  server = await startTestServer({ RATE_LIMIT_SCALE: "1" });
  ada = await server.signUp("Ada");
  bea = await server.signUp("Bea");
  cleo = await server.signUp("Cleo");
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, { headers });

/** How many of so many calls, all at once, were let through. */
async function passed(calls: number, call: (n: number) => Promise<Response>): Promise<number> {
  const answers = await Promise.all(Array.from({ length: calls }, (_, n) => call(n)));
  return answers.filter(({ status }) => status !== 429).length;
}

describe("anyone's calls", () => {
  test("are 20 a minute and address, whatever address a header claims", async () => {
    const call = (n: number) =>
      get("/trpc/health.check", {
        "x-forwarded-for": `203.0.113.${n}`,
        "x-real-ip": `203.0.113.${n}`,
        forwarded: `for=203.0.113.${n}`,
      });
    expect(await passed(30, call)).toBe(20);
    const refused = await get("/trpc/health.check");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("x-ratelimit-limit")).toBe("20");
    expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({
      error: { data: { errorCode: "TOO_MANY_REQUESTS", details: { retryAfterSeconds: expect.any(Number) } } },
    });
  });

  test.each([
    "/trpc/health.check?x=1",
    "/trpc/health%2Echeck",
    "/trpc/health.check,health.ready",
    "/trpc/health.ready",
    "/trpc//health.check",
    "/TRPC/health.check",
    "/trpc/health.check/",
    "/trpc/./health.check",
  ])("gain nothing by writing the path as %s", async (path) => {
    expect([404, 429]).toContain((await get(path)).status);
  });

  test("leave the probes of whoever runs the server alone", async () => {
    expect(await passed(60, () => get("/health/live"))).toBe(60);
  });
});

describe("a caller's calls", () => {
  test("are 200 a minute in their workspace; a batch counts each of its calls", async () => {
    const batch = Array.from({ length: 50 }, () => "bot.list").join(",");
    const input = encodeURIComponent(
      JSON.stringify(Object.fromEntries([..."x".repeat(50)].map((_, n) => [n, {}]))),
    );
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => get(`/trpc/${batch}?batch=1&input=${input}`, bea.headers)),
    );
    const bodies: unknown[] = (await Promise.all(answers.map((answer) => answer.json()))).flat();
    expect(bodies).toHaveLength(250);
    expect(bodies.filter((body) => JSON.stringify(body).includes("TOO_MANY_REQUESTS"))).toHaveLength(50);
    await ada.trpc.bot.list.query(); // another's are their own
  });

  test("say what is left", async () => {
    const answer = await get("/trpc/bot.list", ada.headers);
    expect(answer.headers.get("x-ratelimit-limit")).toBe("200");
    expect(Number(answer.headers.get("x-ratelimit-remaining"))).toBeLessThan(200);
    expect(Number(answer.headers.get("x-ratelimit-reset")) * 1_000).toBeGreaterThan(Date.now());
  });

  test("to the portal are ten questions a minute, and what is refused is not kept", async () => {
    await botWith(cleo, { "Hours.md": "The shop opens at nine." });
    const { conversationId } = await cleo.trpc.qa.ask.mutate({ question: "Hello" });
    const ask = () => cleo.trpc.qa.ask.mutate({ question: "Hello", conversationId });
    for (let n = 2; n <= 10; n++) await ask();
    expect(await refusal(ask())).toBe("TOO_MANY_REQUESTS");
    expect((await cleo.trpc.qa.getConversation.query(conversationId)).interactions).toHaveLength(10);
  });

  test("with API keys are each key's own, in OpenAI's words where it is their API", async () => {
    const key = async () => (await ada.trpc.apiKeys.create.mutate({ name: "Busy" })).secret;
    const [busy, calm] = [await key(), await key()];
    const list = (by: string) => get("/openai/v1/models", { authorization: `Bearer ${by}` });
    expect(await passed(130, () => list(busy))).toBe(120);
    const refused = await list(busy);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      error: { type: "rate_limit_error", code: "rate_limit_exceeded" },
    });
    expect((await list(calm)).status).toBe(200);
  });

  test("with a key that opens nothing are few, so that none is guessed", async () => {
    const guess = (n: number) => get("/openai/v1/models", { authorization: `Bearer prl_${n}` });
    expect(await passed(40, guess)).toBe(30);
  });
});

describe("events over a socket", () => {
  test("are 50 a second and caller, over all of the caller's sockets", async () => {
    const { accessToken } = await restClient(() => server).login(cleo);
    const sockets = [1, 2, 3].map(() => socketClient(server, accessToken));
    try {
      for (const one of sockets) await one.connect();
      const asks = sockets.flatMap((one) =>
        Array.from({ length: 30 }, () =>
          one.ask("conversation:since", { conversationId: newId(), after: 0 }),
        ),
      );
      const codes = (await Promise.all(asks)).map(codeOf);
      const refused = codes.filter((code) => code === "RATE_LIMITED").length;
      expect(codes.filter((code) => code === "NOT_FOUND")).toHaveLength(90 - refused);
      expect(refused).toBeGreaterThan(0);
    } finally {
      for (const one of sockets) one.close();
    }
  });
});

test.skipIf(!process.env.REDIS_URL)("processes that share a Redis count together", async () => {
  const shared = {
    REDIS_URL: `${process.env.REDIS_URL}?keyPrefix=${crypto.randomUUID()}:`,
    RATE_LIMIT_SCALE: "1",
  };
  const servers = await Promise.all([startTestServer(shared), startTestServer(shared)]);
  try {
    const call = (n: number) => fetch(`${servers[n % 2]?.url}/trpc/health.check`);
    expect(await passed(40, call)).toBe(20);
  } finally {
    await Promise.all(servers.map((one) => one.close()));
  }
});
