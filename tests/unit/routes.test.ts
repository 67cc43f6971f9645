import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";

const root = fileURLToPath(new URL("../..", import.meta.url));
const printed = execFileSync(process.execPath, ["apps/server/src/app/print-routes.ts", "--json"], {
  cwd: root,
  encoding: "utf8",
});

const routeSchema = z.strictObject({
  face: z.enum(["trpc", "rest", "sse", "socket.io"]),
  name: z.string().min(1),
  kind: z.enum(["query", "mutation", "subscription", ""]),
  auth: z.enum([
    "public",
    "protected",
    "tenant",
    "admin",
    "visitor",
    "member",
    "visitor or member",
    "api key",
    "bearer",
  ]),
});

test("the route list is one JSON text, and says of every route who may call it", () => {
  const routes = z.array(routeSchema).parse(JSON.parse(printed));
  expect(routes.filter(({ face }) => face === "trpc").length).toBeGreaterThan(30);
  expect(routes.filter(({ face }) => face !== "trpc").length).toBeGreaterThan(5);
  for (const { face, kind } of routes) expect(kind === "", face).toBe(face !== "trpc");
});

test("no route is listed twice", () => {
  const names = z
    .array(routeSchema)
    .parse(JSON.parse(printed))
    .map(({ face, name }) => `${face} ${name}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("what anyone may call is this list; a new entry is a decision", () => {
  const routes = z.array(routeSchema).parse(JSON.parse(printed));
  const open = routes.filter(({ auth }) => auth === "public").map(({ name }) => name);
  expect(open.sort()).toEqual([
    "GET /api/deletion-certificates/keys",
    "GET /api/templates/{templateId}/icon.svg",
    "GET /c/{publicUrlId}",
    "GET /health/live",
    "GET /health/ready",
    "POST /api/auth/login",
    "POST /api/auth/register",
    "POST /api/widget/{widgetId}/session",
    "POST /v1/auth/login",
    "POST /v1/auth/refresh",
    "POST /v1/webhooks/slack/events",
    "POST /v1/webhooks/twilio/{reference}",
    "auth.acceptInvitation",
    "auth.getSession",
    "auth.invitation",
    "auth.login",
    "auth.options",
    "auth.register",
    "auth.requestPasswordReset",
    "auth.resetPassword",
    "auth.ssoStart",
    "auth.startSocial",
    "auth.verifyEmail",
    "health.check",
    "health.ready",
    "passkeys.finishSignIn",
    "passkeys.startSignIn",
    "surveys.open",
    "surveys.respond",
    "template.byId",
    "template.list",
  ]);
});
