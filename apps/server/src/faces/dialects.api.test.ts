import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { sharedTestServer, type TestServer } from "../../../../tests/harness/server.ts";
import { AppError, errorCodes } from "../platform/errors/index.ts";
import { registerRoutes } from "./http/register.ts";
import { writeError } from "./http/write-error.ts";
import { publicTenantApiRoute } from "./tenant-api/tenant-api-route.ts";
import { v1PageQuery } from "./v1/envelope.ts";
import { v1ErrorCodes } from "./v1/error-body.ts";
import { publicV1Route, v1ListRoute } from "./v1/v1-route.ts";

/** The dialects of seeds 004 and 002, over routes that fail as the test says. */
let server: TestServer;
let app: FastifyInstance;

const body = z.object({ code: z.enum(errorCodes).optional() });
const result = z.object({ ok: z.literal(true) });
function answer({ code }: z.infer<typeof body>): { ok: true } {
  if (code) throw new AppError(code, `Refused with ${code}.`, { details: { limit: 3 } });
  return { ok: true };
}

beforeAll(async () => {
  server = await sharedTestServer();
  const { services } = server;
  app = Fastify({ genReqId: () => crypto.randomUUID() });
  app.setErrorHandler((error, request, reply) => writeError(services, error, request, reply));
  app.setNotFoundHandler(() => {
    throw new AppError("NOT_FOUND", "There is nothing here.");
  });
  const ctx = {
    ...services,
    actor: { kind: "system", name: "test" },
    tenantId: "",
    ipAddress: null,
  } as const;
  const common = { method: "POST", path: "/things", summary: "Makes one.", status: 201, body } as const;
  const authenticate = async () => ({ caller: ctx, watch: () => () => {} });
  registerRoutes(app, services, { authenticate, enforceRateLimit: async () => {} }, [
    publicV1Route({ ...common, data: result, run: async (_caller, input) => answer(input.body) }),
    publicTenantApiRoute({ ...common, response: result, run: async (_caller, input) => answer(input.body) }),
    v1ListRoute({
      path: "/things",
      summary: "Lists them.",
      query: v1PageQuery,
      data: z.number(),
      run: async (_ctx, { query }) => ({ items: [query.page], total: 41 }),
    }),
  ]);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await server.close();
});

async function post(path: string, payload: object | string) {
  const headers = { "content-type": "application/json" };
  const response = await app.inject({ method: "POST", url: path, headers, payload });
  const said: unknown = JSON.parse(response.body);
  return { status: response.statusCode, said };
}
const meta = { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), timestamp: expect.stringMatching(/Z$/) };

describe("seed 004's dialect", () => {
  test("has the envelope", async () => {
    expect(await post("/v1/things", {})).toEqual({
      status: 201,
      said: { success: true, data: { ok: true }, meta },
    });
  });

  test.each([
    ["UNAUTHORIZED", 401, "UNAUTHORIZED"],
    ["FORBIDDEN", 403, "FORBIDDEN"],
    ["MFA_REQUIRED", 403, "FORBIDDEN"],
    ["NOT_FOUND", 404, "NOT_FOUND"],
    ["VALIDATION_ERROR", 400, "VALIDATION_ERROR"],
    ["EMAIL_TAKEN", 409, "CONFLICT"],
    ["TOO_MANY_REQUESTS", 429, "RATE_LIMITED"],
    ["INTERNAL", 500, "INTERNAL_ERROR"],
    ["UPSTREAM_TIMEOUT", 503, "SERVICE_UNAVAILABLE"],
    ["API_KEY_INVALID", 400, "AI_ERROR"],
  ])("%s is %d %s", async (code, status, named) => {
    const reason = code === named || ["TOO_MANY_REQUESTS", "INTERNAL"].includes(code) ? {} : { reason: code };
    expect(await post("/v1/things", { code })).toEqual({
      status,
      said: {
        success: false,
        error: { code: named, message: `Refused with ${code}.`, details: [{ ...reason, limit: 3 }] },
        meta,
      },
    });
  });

  test("has only its own codes, whatever is refused", async () => {
    for (const code of errorCodes) {
      const { said } = await post("/v1/things", { code });
      expect(said, code).toMatchObject({ error: { code: expect.toBeOneOf([...v1ErrorCodes]) } });
    }
  });

  test.each([
    ["wrong input", "/v1/things", { code: "x" }, 400, "VALIDATION_ERROR", [{ path: "code" }]],
    ["no JSON", "/v1/things", "{", 400, "VALIDATION_ERROR", []],
    ["an unknown address", "/v1/nothing", {}, 404, "NOT_FOUND", []],
  ])("%s is refused in it", async (_name, path, payload, status, code, details) => {
    expect(await post(path, payload)).toMatchObject({
      status,
      said: { success: false, error: { code, details }, meta },
    });
  });

  test.each([
    ["", { page: 1, pageSize: 20, totalPages: 3, hasNextPage: true, hasPreviousPage: false }],
    ["?page=3", { page: 3, pageSize: 20, totalPages: 3, hasNextPage: false, hasPreviousPage: true }],
    [
      "?page=2&pageSize=40",
      { page: 2, pageSize: 40, totalPages: 2, hasNextPage: false, hasPreviousPage: true },
    ],
  ])("pages: %s", async (search, pagination) => {
    const response = await app.inject({ url: `/v1/things${search}` });
    expect(JSON.parse(response.body)).toEqual({
      success: true,
      data: [pagination.page],
      pagination: { ...pagination, totalItems: 41 },
      meta,
    });
  });

  test.each(["page=0", "page=x", "pageSize=0", "pageSize=101"])("refuses %s", async (search) => {
    expect((await app.inject({ url: `/v1/things?${search}` })).statusCode).toBe(400);
  });
});

describe("seed 002's dialect", () => {
  test("has a bare body", async () => {
    expect(await post("/api/things", {})).toEqual({ status: 201, said: { ok: true } });
  });

  test.each([
    ["UNAUTHORIZED", 401],
    ["FORBIDDEN", 403],
    ["NOT_FOUND", 404],
    ["CONFLICT", 409],
    ["VALIDATION_ERROR", 422],
    ["INTERNAL", 500],
  ])("%s is %d", async (code, status) => {
    const said = { detail: `Refused with ${code}.`, status_code: status };
    expect(await post("/api/things", { code })).toEqual({ status, said });
  });

  test.each([
    ["wrong input", "/api/things", { code: "x" }, 422],
    ["no JSON", "/api/things", "{", 422],
    ["an unknown address", "/api/nothing", {}, 404],
  ])("%s is refused in it", async (_name, path, payload, status) => {
    const said = { detail: expect.any(String), status_code: status };
    expect(await post(path, payload)).toEqual({ status, said });
  });
});

test("each dialect has its own document and page", async () => {
  for (const [prefix, path] of [
    ["", "/api/chat"],
    ["/v1", "/v1/auth/me"],
    ["/api", "/api/auth/login"],
  ]) {
    const document = await (await fetch(`${server.url}${prefix}/openapi.json`)).json();
    expect(document).toMatchObject({ openapi: "3.1.0", paths: { [path ?? ""]: expect.anything() } });
    expect((await fetch(`${server.url}${prefix}/docs/`)).status, prefix).toBe(200);
  }
});
