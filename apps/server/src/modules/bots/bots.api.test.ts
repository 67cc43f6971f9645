import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../../../../../tests/harness/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test("a new bot is listed for its owner and for nobody else", async () => {
  const ada = await server.signUp("Ada");
  const bot = await ada.trpc.bot.create.mutate({ name: "Help" });
  expect(bot).toMatchObject({ name: "Help", status: "CREATING", documentCount: 0 });
  expect((await ada.trpc.bot.list.query()).items.map((item) => item.id)).toEqual([bot.id]);

  const eve = await server.signUp("Eve");
  expect((await eve.trpc.bot.list.query()).items).toEqual([]);
  expect(await eve.trpc.bot.byId.query({ id: bot.id })).toBeNull();
});
