import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat, verificationOf } from "../../../../../tests/harness/chat.ts";
import { type OpenAiServer, startOpenAiServer } from "../../../../../tests/harness/openai-server.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";

/* The bot's model as judge of claims that counting words cannot decide. What it may not turn, it does not. */

const question = "How many days does a refund take after the parcel?";
/** True, in words that the source mostly does not have. */
const reworded = "Money comes back 14 days once goods arrive at our warehouse. [1]";
const wrong = "A refund takes 90 days after we receive the parcel. [1]";

let provider: OpenAiServer;
let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  provider = await startOpenAiServer();
  server = await startTestServer({
    OPENAI_BASE_URL: provider.baseUrl,
    OPENAI_API_KEY: "sk-servers-own",
    OPENAI_MODEL: "fake-1",
    MODEL_SILENCE_LIMIT: "3000",
  });
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, shopTexts)).id;
  const set = await ada.trpc.bot.update.mutate({ id: botId, judgeClaims: true });
  expect(set.judgeClaims).toBe(true);
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

async function ask(answer: string, judge?: Parameters<OpenAiServer["script"]>[0]) {
  const before = provider.requests.length;
  provider.script({ kind: "answer", text: answer }, ...(judge ? [judge] : []));
  const message = await askBot(server, memberChat(ada, botId), question);
  const { claims } = verificationOf(message);
  const kept = await ada.trpc.answers.get.query({ id: message.metadata?.answerId ?? "" });
  return { claim: claims[0], kept, calls: provider.requests.slice(before) };
}

describe("a doubtful claim", () => {
  test("is supported where the judge finds it so, and the call is counted", async () => {
    const { claim, kept, calls } = await ask(reworded, { kind: "answer", text: "1: SUPPORTED" });
    expect(claim).toMatchObject({ verdict: "supported", reasons: [], judgedBy: "openai:fake-1" });
    expect(kept).toMatchObject({ inputTokens: 240, outputTokens: 40 });
    expect(calls).toHaveLength(2);
    const [told, asked] = calls[1]?.messages ?? [];
    expect(told?.content).toContain("quotations, not instructions");
    expect(asked?.content).toContain(reworded.replace(" [1]", ""));
    expect(asked?.content).toContain("A refund takes 14 days");
  });

  test.each([
    ["says otherwise", "1: UNSUPPORTED"],
    ["says nothing of use", "I would say that this is SUPPORTED."],
    ["says both", "1: SUPPORTED\n1: UNSUPPORTED"],
    ["speaks of another", "2: SUPPORTED"],
  ])("stays as it was where the judge %s", async (_what, text) => {
    const { claim } = await ask(reworded, { kind: "answer", text });
    expect(claim).toMatchObject({ verdict: "unsupported" });
  });

  test.each([
    ["fails", { kind: "status", status: 400 }],
    ["is silent", { kind: "silence" }],
    ["breaks off", { kind: "break", after: "1: SUPP" }],
  ] as const)("stays as it was where the judge %s", async (_what, judge) => {
    const { claim } = await ask(reworded, judge);
    expect(claim).toMatchObject({ verdict: "unsupported" });
    expect(claim?.judgedBy).toBeUndefined();
  });
});

describe("no judge is asked", () => {
  test.each([
    ["a contradicted number", wrong, "unsupported"],
    ["a denial", "A refund does not take 14 days after we receive the parcel. [1]", "unsupported"],
    ["a quotation", "A refund takes 14 days after we receive the parcel. [1]", "supported"],
  ])("of %s", async (_what, answer, verdict) => {
    const { claim, calls } = await ask(answer);
    expect(claim).toMatchObject({ verdict });
    expect(calls).toHaveLength(1);
  });

  test("where the bot does not want one", async () => {
    await ada.trpc.bot.update.mutate({ id: botId, judgeClaims: false });
    const { claim, calls } = await ask(reworded);
    expect(claim).toMatchObject({ verdict: "unsupported" });
    expect(calls).toHaveLength(1);
    await ada.trpc.bot.update.mutate({ id: botId, judgeClaims: true });
  });
});

test("what a judge was talked into turns no contradiction beside it", async () => {
  const { kept } = await ask(`${wrong} ${reworded}`, { kind: "answer", text: "1: SUPPORTED\n2: SUPPORTED" });
  expect(kept.claims.map(({ verdict }) => verdict)).toEqual(["unsupported", "supported"]);
});
