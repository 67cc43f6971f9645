import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { colleague, play, refusal, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import {
  sharedTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";
import { ask, problemsOnce, refundBot } from "./testing/problem-world.ts";

interface Ids {
  bot: string;
  problem: string;
  other: string;
  question: string;
  article: string;
}
type Call = Scenario["call"];

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let ids: Ids;
const people = new Map<string, TrpcClient>();
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  const bot = await refundBot(ada);
  await ask(server, ada, bot.id, "Do you sell gift vouchers?");
  await ask(server, ada, bot.id, "Where can I buy garden chairs?");
  const items = await problemsOnce(ada, bot.id, (all) => expect(all).toHaveLength(2));
  const problem = items.find(({ question }) => question.includes("vouchers"));
  const other = items.find(({ question }) => question.includes("chairs"));
  if (!problem || !other) throw new Error("There are two problems.");
  const { questions } = await ada.trpc.problems.get.query({ id: problem.id });
  const article = await draftOf(problem.id);
  ids = {
    bot: bot.id,
    problem: problem.id,
    other: other.id,
    question: questions[0]?.id ?? "",
    article: article.id,
  };
});
afterAll(() => server.close());

const draftOf = (problemId: string) => ada.trpc.problemArticles.create.mutate({ problemId, content: "Yes." });

const as = (who: string) => () => {
  const trpc = people.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};

const desk = ["owner", "admin", "agent"] as const;

/** What each procedure asks of its caller, and what becomes of a call by those who may. */
const procedures: {
  name: string;
  call: (ids: Ids) => Call;
  /** The refusal that the call ends with though its caller may; none: it succeeds. */
  ends?: string;
  managers?: true;
  absent?: "nothing";
}[] = [
  { name: "problems.list", call: () => (t) => t.problems.list.query(), absent: "nothing" },
  { name: "problems.list of a bot", call: (i) => (t) => t.problems.list.query({ botId: i.bot }) },
  { name: "problems.get", call: (i) => (t) => t.problems.get.query({ id: i.problem }) },
  {
    name: "problems.updateStatus",
    call: (i) => (t) => t.problems.updateStatus.mutate({ id: i.problem, status: "open" }),
    ends: "ILLEGAL_TRANSITION",
  },
  {
    name: "problems.merge",
    call: (i) => (t) => t.problems.merge.mutate({ id: i.problem, intoId: i.problem }),
    ends: "VALIDATION_ERROR",
  },
  {
    name: "problems.split",
    call: (i) => (t) => t.problems.split.mutate({ id: i.problem, questionIds: [i.question] }),
    ends: "VALIDATION_ERROR",
  },
  { name: "problems.recluster", call: (i) => (t) => t.problems.recluster.mutate({ botId: i.bot }) },
  { name: "problems.clustering", call: (i) => (t) => t.problems.clustering.query({ botId: i.bot }) },
  {
    name: "problemArticles.draft",
    call: (i) => (t) => t.problemArticles.draft.mutate({ problemId: i.problem }),
    ends: "CONFLICT",
  },
  {
    name: "problemArticles.create",
    call: (i) => (t) => t.problemArticles.create.mutate({ problemId: i.other, content: "No." }),
  },
  {
    name: "problemArticles.listByProblemId",
    call: (i) => (t) => t.problemArticles.listByProblemId.query({ problemId: i.problem }),
  },
  { name: "problemArticles.get", call: (i) => (t) => t.problemArticles.get.query({ id: i.article }) },
  {
    name: "problemArticles.update",
    call: (i) => (t) => t.problemArticles.update.mutate({ id: i.article, title: "Vouchers" }),
  },
  {
    name: "problemArticles.reject",
    call: (i) => async (t) => {
      const { id } = i.article === ids.article ? await draftOf(i.other) : { id: i.article };
      await t.problemArticles.reject.mutate({ id });
    },
  },
  {
    name: "problemArticles.approve",
    call: (i) => (t) => t.problemArticles.approve.mutate({ id: i.article, revision: 1_000 }),
    ends: "CONFLICT",
    managers: true,
  },
];

describe.each(procedures)("$name", ({ call, ends, managers, absent }) => {
  const own: Call = (trpc) => call(ids)(trpc);
  const none: Call = (trpc) =>
    call({ bot: newId(), problem: newId(), other: newId(), question: newId(), article: newId() })(trpc);
  const may = desk.filter((role) => !managers || role !== "agent");
  const scenarios: Scenario[] = [
    { title: "a guest", as: as("guest"), call: own, refused: "UNAUTHORIZED" },
    { title: "the member", as: as("member"), call: own, refused: "FORBIDDEN" },
    ...(managers ? [{ title: "the agent", as: as("agent"), call: own, refused: "FORBIDDEN" }] : []),
    ...may.map((role) => ({
      title: `the ${role}`,
      as: as(role),
      call: own,
      ...(ends === undefined ? {} : { refused: ends }),
    })),
  ];
  test.each(scenarios)("by $title: $refused", play);

  test.skipIf(absent === "nothing")("of another tenant, or of nothing, is not found", async () => {
    expect(await refusal(own(eve.trpc))).toBe("NOT_FOUND");
    expect(await refusal(none(ada.trpc))).toBe("NOT_FOUND");
  });
});

describe("inputs at their bounds", () => {
  const long = (characters: number) => "x".repeat(characters);
  const cases: Scenario[] = [
    ...(
      [
        [{ page: 0 }, "VALIDATION_ERROR"],
        [{ page: 1, pageSize: 101 }, "VALIDATION_ERROR"],
        [{ pageSize: 0 }, "VALIDATION_ERROR"],
        [{ page: 9_999, pageSize: 100 }, undefined],
        [{ search: long(100) }, undefined],
        [{ search: long(101) }, "VALIDATION_ERROR"],
        [{ search: "50%_\\" }, undefined],
      ] as const
    ).map(([input, refused]) => ({
      title: `problems.list of ${JSON.stringify(input).slice(0, 40)}`,
      as: as("owner"),
      call: (t: TrpcClient) => t.problems.list.query(input),
      ...(refused === undefined ? {} : { refused }),
    })),
    ...(
      [
        [{ content: " " }, "VALIDATION_ERROR"],
        [{ content: long(20_000), title: long(200) }, undefined],
        [{ content: long(20_001) }, "VALIDATION_ERROR"],
        [{ content: "Yes.", title: long(201) }, "VALIDATION_ERROR"],
        [{ content: "Yes.", title: "" }, "VALIDATION_ERROR"],
      ] as const
    ).map(([input, refused], index) => ({
      title: `problemArticles.create, ${index + 1}`,
      as: as("owner"),
      call: (t: TrpcClient) => t.problemArticles.create.mutate({ problemId: ids.other, ...input }),
      ...(refused === undefined ? {} : { refused }),
    })),
    {
      title: "problems.split of no question",
      as: as("owner"),
      call: (t) => t.problems.split.mutate({ id: ids.problem, questionIds: [] }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "problems.split of 101 questions",
      as: as("owner"),
      call: (t) =>
        t.problems.split.mutate({ id: ids.problem, questionIds: Array.from({ length: 101 }, newId) }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "problemArticles.update of a revision that is not there",
      as: as("owner"),
      call: (t) => t.problemArticles.update.mutate({ id: ids.article, title: "New", revision: 999 }),
      refused: "CONFLICT",
    },
  ];
  test.each(cases)("$title: $refused", play);

  test("pages hold each problem once, in the order asked for, and counts do not depend on the state", async () => {
    const page = (n: number) =>
      ada.trpc.problems.list.query({ page: n, pageSize: 1, sort: "createdAt", direction: "asc" });
    const [first, second] = [await page(1), await page(2)];
    expect([first.items[0]?.id, second.items[0]?.id].sort()).toEqual([ids.problem, ids.other].sort());
    expect(first.meta).toMatchObject({ totalItems: 2, totalPages: 2 });
    const ignored = await ada.trpc.problems.list.query({ status: "ignored" });
    expect(ignored).toMatchObject({ items: [], counts: { open: 2, ignored: 0 } });
    const found = await ada.trpc.problems.list.query({ search: "VOUCHER" });
    expect(found.items.map(({ id }) => id)).toEqual([ids.problem]);
  });
});
