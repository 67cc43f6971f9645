import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../../../../../tests/harness/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test("a process that runs says so, to anyone", async () => {
  expect(await server.guest.health.check.query()).toEqual({ status: "ok" });
  const response = await fetch(`${server.url}/health/live`);
  expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
});

test("a process that can work names what it depends on, and nothing secret", async () => {
  const ready = await server.guest.health.ready.query();
  expect(ready.ready).toBe(true);
  expect(ready.dependencies.map((dependency) => dependency.name)).toEqual(
    expect.arrayContaining(["database"]),
  );
  expect(ready.dependencies.every((dependency) => dependency.ok)).toBe(true);
  const response = await fetch(`${server.url}/health/ready`);
  expect(response.status).toBe(200);
  expect(await response.text()).not.toMatch(/postgres:\/\/|password/i);
});

test("Redis, where one is set, is named, and its absence stops nobody", async () => {
  const away = await startTestServer({ REDIS_URL: "redis://127.0.0.1:1" });
  try {
    const ready = await away.guest.health.ready.query();
    expect(ready.dependencies.find(({ name }) => name === "redis")).toMatchObject({
      ok: false,
      required: false,
    });
    expect(ready.ready).toBe(true);
  } finally {
    await away.close();
  }
});
