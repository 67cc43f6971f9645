import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { evaluate } from "./main.ts";

let server: TestServer;
let ada: TestUser;
let bot: { id: string; publicUrlId: string };
let key: string;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "parlance-evaluate-"));
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  bot = await botWith(ada, shopTexts);
  const cases = {
    "Is an <exchange> free?": "free within 30 days",
    "How many days does a refund take?": "90 days",
  };
  for (const [question, answer] of Object.entries(cases)) {
    await ada.trpc.evaluations.cases.create.mutate({ botId: bot.id, question, goldAnswers: [answer] });
  }
  key = (await ada.trpc.apiKeys.create.mutate({ name: "CI", permissions: ["evaluate"] })).secret;
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => vi.restoreAllMocks());

async function run(args: string[], env: Record<string, string> = { PARLANCE_API_KEY: key }) {
  const out: string[] = [];
  const write = (text: string | Uint8Array) => out.push(String(text)) > 0;
  vi.spyOn(process.stdout, "write").mockImplementation(write);
  vi.spyOn(process.stderr, "write").mockImplementation(write);
  const code = await evaluate(["--url", server.url, ...args], env);
  vi.restoreAllMocks();
  return { code, out: out.join("") };
}

test("a run ends with what failed, the figures and an exit code by the threshold", async () => {
  const [json, junit] = [join(folder, "run.json"), join(folder, "run.xml")];
  const red = await run(["--bot", bot.id, "--json", json, "--junit", junit]);
  expect(red.code).toBe(1);
  expect(red.out).toContain("wrong answer");
  expect(red.out).toContain("1 of 2 cases passed (50 %); at least 100 % must.");
  expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({
    run: { done: 2 },
    faults: [expect.any(String)],
  });
  const report = readFileSync(junit, "utf8");
  expect(report).toContain('tests="2" failures="1"');
  expect(report).toContain("Is an &lt;exchange&gt; free?");

  const green = await run(["--bot", bot.publicUrlId, "--min-pass-rate", "0.5", "--against", "previous"]);
  expect(green.out).toContain("0 better, 0 worse of 2");
  expect(green.out).toContain("Green.");
  expect(green.code).toBe(0);
});

test("what cannot be run says why", async () => {
  expect(await run([])).toMatchObject({ code: 2, out: expect.stringContaining("--bot") });
  expect(await run(["--bot", "x", "--what"])).toMatchObject({
    code: 2,
    out: expect.stringContaining("--what"),
  });
  const noKey = await run(["--bot", bot.id], {});
  expect(noKey).toMatchObject({ code: 2, out: expect.stringContaining("--key") });
  for (const id of ["nobody", "-nobody"]) {
    expect(await run(["--bot", id])).toMatchObject({ code: 2, out: expect.stringContaining("The bot") });
  }
  const chat = (await ada.trpc.apiKeys.create.mutate({ name: "Site" })).secret;
  const forbidden = await run(["--bot", bot.id], { PARLANCE_API_KEY: chat });
  expect(forbidden).toMatchObject({ code: 2, out: expect.stringContaining("may not evaluate bots") });
  const other = await ada.trpc.bot.create.mutate({ name: "Other" });
  const bound = await ada.trpc.apiKeys.create.mutate({
    name: "CI",
    permissions: ["evaluate"],
    botId: other.id,
  });
  expect(await run(["--bot", bot.id], { PARLANCE_API_KEY: bound.secret })).toMatchObject({ code: 2 });
});

test("help is at hand", async () => {
  expect(await run(["--help"], {})).toMatchObject({ code: 0, out: expect.stringContaining("--junit") });
});
