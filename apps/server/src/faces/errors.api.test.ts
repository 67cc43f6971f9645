import { fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sharedTestServer, type TestServer } from "../../../../tests/harness/server.ts";
import { AppError, errorCodes } from "../platform/errors/index.ts";
import { createLog } from "../platform/log/index.ts";
import { errorTable, internalMessage } from "./error-table.ts";
import { registerRoutes } from "./http/register.ts";
import { publicRoute } from "./http/route.ts";
import { writeError } from "./http/write-error.ts";
import { publicProcedure, reportTrpcError, router, type TrpcContext, toTrpcError } from "./trpc/index.ts";

/*
 * Both faces over one verb that fails as the test says: the same error has the status of the table on
 * each, and what must stay inside stays there and is in the log.
 */

let server: TestServer;
let app: FastifyInstance;
let logged: string;

const inner = "the inside: postgres://user:hunter2@db";
const kinds = ["unknown", "no error", "zod inside", "wrong output", "fine"] as const;
const how = z.object({ kind: z.enum([...errorCodes, ...kinds]) });

/** The verb. */
function fail({ kind }: z.infer<typeof how>): { ok: true } {
  if (kind === "fine") return { ok: true };
  if (kind === "unknown") throw new Error(inner);
  if (kind === "no error") throw inner;
  if (kind === "zod inside") z.object({ secretColumn: z.string() }).parse({});
  // what a buggy verb would answer, against its type
  if (kind === "wrong output") return JSON.parse('{"ok": "the inside"}');
  for (const code of errorCodes) {
    if (code !== kind) continue;
    throw new AppError(code, `Refused with ${code}.`, { details: { limit: 3 }, cause: new Error(inner) });
  }
  throw new Error("There is no such kind.");
}

const result = z.object({ ok: z.literal(true) });
const testRouter = router({
  query: publicProcedure
    .input(how)
    .output(result)
    .query(({ input }) => fail(input)),
  mutation: publicProcedure
    .input(how)
    .output(result)
    .mutation(({ input }) => fail(input)),
  subscription: publicProcedure.input(how).subscription(async function* ({ input }) {
    yield { ok: true };
    yield fail(input);
  }),
});

beforeAll(async () => {
  server = await sharedTestServer();
  const log = createLog("debug", { write: (line) => (logged += line) });
  const services = { ...server.services, log };
  app = Fastify({ bodyLimit: 1_000 });
  app.setErrorHandler((error, request, reply) => writeError(services, error, request, reply));
  registerRoutes(
    app,
    services,
    {
      authenticate: async () => {
        throw new Error("not asked for");
      },
      enforceRateLimit: async () => {},
    },
    [
      publicRoute({
        method: "POST",
        path: "/fail",
        summary: "Fails.",
        body: how,
        response: result,
        run: async (_caller, { body }) => fail(body),
      }),
    ],
  );
  await app.register(fastifyTRPCPlugin, {
    prefix: "/trpc",
    trpcOptions: {
      router: testRouter,
      createContext: ({ req }: { req: { headers: Record<string, unknown> } }) => {
        if (req.headers["x-refuse"]) throw toTrpcError(new AppError("ORIGIN_NOT_ALLOWED", "Not from there."));
        return {
          services,
          principal: null,
          program: null,
          browser: { headers: new Headers(), setCookies: () => {} },
          ipAddress: null,
          countCall: async () => {},
          watch: () => () => {},
        } satisfies TrpcContext;
      },
      onError: (failure: Parameters<typeof reportTrpcError>[1]) => reportTrpcError(log, failure),
    },
  });
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await server.close();
});
beforeEach(() => {
  logged = "";
});

interface Answer {
  status: number;
  text: string;
  code: unknown;
  message: unknown;
  details: unknown;
}

const dialect = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
});
const trpcDialect = z.object({
  error: z.object({
    message: z.string(),
    data: z.object({ errorCode: z.string(), httpStatus: z.number(), details: z.unknown().optional() }),
  }),
});

async function overHttp(payload: object | string): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  const { statusCode, body } = await app.inject({ method: "POST", url: "/fail", headers, payload });
  const { code, message, details } = dialect.parse(JSON.parse(body)).error;
  return { status: statusCode, text: body, code, message, details };
}

async function overTrpc(name: "query" | "mutation", payload: object, headers = {}): Promise<Answer> {
  const { statusCode, body } = await app.inject(
    name === "mutation"
      ? { method: "POST", url: "/trpc/mutation", headers, payload }
      : { method: "GET", url: "/trpc/query", headers, query: { input: JSON.stringify(payload) } },
  );
  const { message, data } = trpcDialect.parse(JSON.parse(body)).error;
  expect(data.httpStatus).toBe(statusCode);
  return { status: statusCode, text: body, code: data.errorCode, message, details: data.details };
}

const faces = {
  HTTP: overHttp,
  "tRPC query": (payload: object) => overTrpc("query", payload),
  "tRPC mutation": (payload: object) => overTrpc("mutation", payload),
};

test.each(errorCodes)("%s has its status on every face; its cause is logged and not sent", async (code) => {
  for (const [face, call] of Object.entries(faces)) {
    logged = "";
    const answer = await call({ kind: code });
    const expected = {
      status: errorTable[code].http,
      code,
      message: `Refused with ${code}.`,
      details: { limit: 3 },
    };
    expect(answer, face).toMatchObject(expected);
    expect(answer.text).not.toContain("the inside");
    expect(logged, face).toContain("the inside");
    expect(logged).toContain('"level":40');
  }
});

test.each(kinds.filter((kind) => kind !== "fine"))(
  "%s is a 500 that tells nothing and is logged",
  async (kind) => {
    for (const [face, call] of Object.entries(faces)) {
      logged = "";
      const answer = await call({ kind });
      expect(answer, face).toMatchObject({ status: 500, code: "INTERNAL", message: internalMessage });
      expect(answer.details).toBeUndefined();
      for (const secret of ["the inside", "hunter2", "secretColumn", "errors.api.test"]) {
        expect(answer.text, face).not.toContain(secret);
      }
      expect(logged, face).toContain('"level":50');
      expect(logged.trim().split("\n"), face).toHaveLength(1);
    }
  },
);

test("wrong input is a VALIDATION_ERROR that names its fields, and is not logged", async () => {
  for (const [face, call] of Object.entries(faces)) {
    const answer = await call({ kind: "nonsense" });
    expect(answer, face).toMatchObject({ status: 400, code: "VALIDATION_ERROR" });
    expect(answer.details, face).toMatchObject({ fields: [{ path: "kind" }] });
  }
  expect(logged).toBe("");
});

test.each([
  ["no JSON", "{", 400, "VALIDATION_ERROR"],
  ["a body that is too large", JSON.stringify({ kind: "x".repeat(2_000) }), 413, "PAYLOAD_TOO_LARGE"],
])("%s is refused in the dialect", async (_name, payload, status, code) => {
  expect(await overHttp(payload)).toMatchObject({ status, code });
});

test("a refusal while finding out who calls has its status too", async () => {
  const answer = await overTrpc("query", { kind: "fine" }, { "x-refuse": "1" });
  expect(answer).toMatchObject({ status: 403, code: "ORIGIN_NOT_ALLOWED", message: "Not from there." });
});

test("a subscription that fails on the way says the same, and is logged", async () => {
  for (const [kind, code, message] of [
    ["BOT_NOT_READY", "BOT_NOT_READY", "Refused with BOT_NOT_READY."],
    ["unknown", "INTERNAL", internalMessage],
  ]) {
    logged = "";
    const query = { input: JSON.stringify({ kind }) };
    const headers = { accept: "text/event-stream" };
    const { body } = await app.inject({ method: "GET", url: "/trpc/subscription", query, headers });
    expect(body).toContain(`"errorCode":"${code}"`);
    expect(body).toContain(message);
    expect(body).not.toContain("the inside");
    expect(logged).toContain("the inside");
  }
});
