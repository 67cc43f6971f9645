import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { AppError } from "../errors/index.ts";
import { createLog } from "./index.ts";

/** What one call writes, parsed, and as the text that it is. */
function written(write: (log: ReturnType<typeof createLog>) => void) {
  let text = "";
  const log = createLog("debug", { write: (line) => (text += line) });
  write(log);
  return { text, line: JSON.parse(text) };
}

test.each([
  [
    "password",
    "newPassword",
    "apiKey",
    "api_key",
    "API-KEY",
    "token",
    "accessToken",
    "secret",
    "clientSecret",
  ],
  [
    "authorization",
    "Authorization",
    "cookie",
    "set-cookie",
    "Set-Cookie",
    "x-signature-secret",
    "private_key",
  ],
])("secrets never reach a line, however deep they are: %s, %s …", (...names) => {
  for (const name of names) {
    for (const fields of [
      { [name]: "hunter2" },
      { a: { [name]: "hunter2" } },
      { a: { b: { c: { d: { [name]: "hunter2" } } } } },
      { list: [{ item: { [name]: ["hunter2"] } }] },
      { error: Object.assign(new Error("failed"), { request: { headers: { [name]: "hunter2" } } }) },
      { error: new Error("failed", { cause: { [name]: "hunter2" } }) },
    ]) {
      const { text } = written((log) => log.info(fields, "a message"));
      expect(text).not.toContain("hunter2");
      expect(text).toContain("[redacted]");
    }
  }
});

test("what only looks like a secret stays", () => {
  const fields = { inputTokens: 12, tokens: 3, cookies: 2, tenantId: "t", n: 1n };
  expect(written((log) => log.info(fields, "a message")).line).toMatchObject({ ...fields, n: "1" });
});

test.each(["error", "err"])("an error under `%s` is written with its code, stack and causes", (name) => {
  const inner = Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" });
  const error = new AppError("UPSTREAM_FAILED", "The model did not answer.", { cause: inner });
  const { line } = written((log) => log.error({ [name]: error }, "a request failed"));
  expect(line).toMatchObject({
    msg: "a request failed",
    [name]: {
      type: "AppError",
      code: "UPSTREAM_FAILED",
      message: "The model did not answer.",
      cause: { message: "connection refused", code: "ECONNREFUSED" },
    },
  });
  expect(line[name].stack).toContain("log.test.ts");
  expect(line[name].cause.stack).toContain("log.test.ts");
});

test("a failed statement is written without its parameters", () => {
  const cause = Object.assign(new Error("duplicate key"), {
    code: "23505",
    detail: "(email)=(ada@example.test)",
  });
  const error = new DrizzleQueryError(
    "insert into users values ($1, $2)",
    ["ada@example.test", "hash"],
    cause,
  );
  const { text, line } = written((log) => log.error({ error }, "failed"));
  expect(text).not.toContain("ada@example.test");
  expect(line.error.message).toBe("Failed query: insert into users values ($1, $2)");
  expect(line.error.stack).toContain("log.test.ts");
  expect(line.error.cause).toMatchObject({ code: "23505", message: "duplicate key" });
});

test("circles, depth, bytes and dates do not break a line", () => {
  const circle: Record<string, unknown> = {
    at: new Date(0),
    bytes: new Uint8Array(9),
    never: new Date(Number.NaN),
  };
  circle.self = circle;
  let deep: object = { bottom: true };
  for (let level = 0; level < 50; level++) deep = { deep };
  const { line } = written((log) => log.info({ circle, deep }, "a message"));
  expect(line.circle).toEqual({
    at: "1970-01-01T00:00:00.000Z",
    bytes: "[9 bytes]",
    never: "[no date]",
    self: "[circular]",
  });
  expect(JSON.stringify(line.deep)).toContain("[too deep]");
});
