import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat } from "../../../../../tests/harness/chat.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import {
  botWith,
  colleague,
  play,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import {
  sharedTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let ids: Ids;
const people = new Map<string, TrpcClient>();

const question =
  "How many days after the return of a parcel is the refund of the purchase price paid to customers?";

interface Ids {
  bot: string;
  answer: string;
  contradiction: string;
}

beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc).set("stranger", eve.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  const bot = await botWith(ada, {
    "Policy.md":
      "The refund of the purchase price is paid to customers 14 days after the return of the parcel.",
    "Old policy.md":
      "After the return of the parcel, the refund of the purchase price is paid to customers in 30 days.",
  });
  const answer = await askBot(server, memberChat(ada, bot.id), question);
  const [found] = await eventually(async () => {
    const { items } = await ada.trpc.qualityAssurance.contradictions.query({});
    expect(items).toHaveLength(1);
    return items;
  });
  ids = { bot: bot.id, answer: answer.metadata?.answerId ?? "", contradiction: found?.id ?? "" };
});
afterAll(() => server.close());

const as = (who: string) => () => {
  const trpc = people.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};
const managers = ["owner", "admin"];
const readers = [...managers, "agent"];

const procedures: { name: string; call: (ids: Ids) => Scenario["call"]; may: string[]; names: boolean }[] = [
  {
    name: "check",
    call:
      ({ answer }) =>
      (t) =>
        t.qualityAssurance.check.mutate({ answerId: answer }),
    may: readers,
    names: true,
  },
  {
    name: "review",
    call:
      ({ answer }) =>
      (t) =>
        t.qualityAssurance.review.mutate({ answerId: answer, verdict: "correct" }),
    may: readers,
    names: true,
  },
  { name: "list", call: () => (t) => t.qualityAssurance.list.query(), may: readers, names: false },
  {
    name: "list of a bot",
    call:
      ({ bot }) =>
      (t) =>
        t.qualityAssurance.list.query({ botId: bot }),
    may: readers,
    names: true,
  },
  { name: "metrics", call: () => (t) => t.qualityAssurance.metrics.query(), may: readers, names: false },
  {
    name: "metrics of a bot",
    call:
      ({ bot }) =>
      (t) =>
        t.qualityAssurance.metrics.query({ botId: bot }),
    may: readers,
    names: true,
  },
  {
    name: "contradictions",
    call:
      ({ bot }) =>
      (t) =>
        t.qualityAssurance.contradictions.query({ botId: bot }),
    may: readers,
    names: true,
  },
  {
    name: "dismissContradiction",
    call:
      ({ contradiction: contradictionId }) =>
      (t) =>
        t.qualityAssurance.dismissContradiction.mutate({ contradictionId }),
    may: managers,
    names: true,
  },
];

describe.each(procedures)("qualityAssurance.$name", ({ call, may, names }) => {
  test("of a guest is refused", () =>
    play({ as: as("guest"), call: (t) => call(ids)(t), refused: "UNAUTHORIZED" }));
  test.each(["owner", "admin", "agent", "member"])("by the role %s", (role) =>
    play({
      as: as(role),
      call: (t) => call(ids)(t),
      ...(may.includes(role) ? {} : { refused: "FORBIDDEN" }),
    }),
  );
  test("finds nothing absent or of another tenant", async () => {
    if (!names) return;
    const absent = { bot: newId(), answer: newId(), contradiction: newId() };
    expect(await refusal(call(absent)(ada.trpc))).toBe("NOT_FOUND");
    expect(await refusal(call(ids)(eve.trpc))).toBe("NOT_FOUND");
  });
});

describe("bounds", () => {
  const quality = () => ada.trpc.qualityAssurance;
  const source = { text: "Tea is served at four." };
  const sources = (count: number) => Array.from({ length: count }, () => source);
  const cases: [string, () => Promise<unknown>, boolean][] = [
    ["an answer of one character", () => quality().check.mutate({ answer: "a", sources: [source] }), true],
    ["no answer", () => quality().check.mutate({ answer: " ", sources: [source] }), false],
    ["20,000 characters", () => quality().check.mutate({ answer: "a".repeat(20_000), sources: [] }), true],
    ["20,001 characters", () => quality().check.mutate({ answer: "a".repeat(20_001), sources: [] }), false],
    ["20 sources", () => quality().check.mutate({ answer: "Tea.", sources: sources(20) }), true],
    ["21 sources", () => quality().check.mutate({ answer: "Tea.", sources: sources(21) }), false],
    ["an empty source", () => quality().check.mutate({ answer: "Tea.", sources: [{ text: "" }] }), false],
    ["nothing to check", () => quality().check.mutate({}), false],
    ["an answer without sources", () => quality().check.mutate({ answer: "Tea." }), false],
    [
      "an answer and an id",
      () => quality().check.mutate({ answerId: ids.answer, answer: "Tea.", sources: [] }),
      false,
    ],
    [
      "a note of 2,000",
      () => quality().review.mutate({ answerId: ids.answer, verdict: "wrong", note: "a".repeat(2_000) }),
      true,
    ],
    [
      "a note of 2,001",
      () => quality().review.mutate({ answerId: ids.answer, verdict: "wrong", note: "a".repeat(2_001) }),
      false,
    ],
    ["page 0", () => quality().list.query({ page: 0 }), false],
    ["100 a page", () => quality().list.query({ pageSize: 100 }), true],
    ["101 a page", () => quality().list.query({ pageSize: 101 }), false],
    ["confidence below 1", () => quality().list.query({ confidenceBelow: 1 }), true],
    ["confidence below 1.1", () => quality().list.query({ confidenceBelow: 1.1 }), false],
    ["101 contradictions a page", () => quality().contradictions.query({ pageSize: 101 }), false],
    [
      "days that end before they begin",
      () => quality().metrics.query({ startDate: "2026-01-02", endDate: "2026-01-01" }),
      false,
    ],
  ];
  test.each(cases)("%s: %#", async (_what, call, isAllowed) => {
    if (isAllowed) await call();
    else expect(await refusal(call())).toBe("VALIDATION_ERROR");
  });

  test("a check without anything to check says what to give", async () => {
    expect(await refusalText(ada.trpc.qualityAssurance.check.mutate({}))).toContain("Give either answerId");
  });
});
