import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { listProcedures } from "../../apps/server/src/app/procedures.ts";
import { httpRoutes } from "../../apps/server/src/app/routes.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import { askBot, memberChat } from "../harness/chat.ts";
import { callProcedure, inputOf } from "../harness/procedures.ts";
import { botWith, colleague } from "../harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../harness/server.ts";
import { startWebSite, type WebSite } from "../harness/web-site.ts";

/*
 * Who may reach what, for every procedure and route there is: the cases are made from the router and
 * from the input schemas, so that a new procedure is covered the day that it is written.
 */

const procedures = listProcedures();
const closed = procedures.filter(({ auth }) => auth !== "public");

// This file is being replaced by tests/isolation. A new id field, procedure or route: add its line to the capability's
// file in tests/isolation/registry/ (`ids`, `callers`); tests/isolation/registry.test.ts says which lines are missing.

/** What an id field names. `chosen` is an id that the client makes up, which names nothing yet. */
const fieldKinds: Record<string, Kind | "chosen"> = {
  botId: "bot",
  documentId: "document",
  knowledgeBaseId: "knowledgeBase",
  sourceId: "source",
  promptId: "prompt",
  queryLogId: "answer",
  problemId: "problem",
  intoId: "problem",
  answerId: "answer",
  contradictionId: "contradiction",
  sessionId: "chosen",
  "chat.sendMessage.sessionId": "conversation",
  "chat.history.sessionId": "conversation",
  personalityId: "personality",
  "qa.ask.conversationId": "portalConversation",
  "qa.getConversation.(input)": "portalConversation",
  interactionId: "interaction",
  conversationId: "conversation",
  caseId: "evaluationCase",
  itemId: "evaluationCase",
  runId: "evaluationRun",
  baseRunId: "evaluationRun",
  "evaluations.replay.get.runId": "replay",
  clientId: "chosen",
  templateId: "chosen", // shipped: the same for all
  userId: "chosen", // these three are asked for by administrators alone: "an administrators' procedure"
  tenantId: "chosen",
  planId: "chosen",
};
/** What `id` names, by router. */
const routerKinds: Record<string, Kind> = {
  bot: "bot",
  botPrompt: "prompt",
  knowledge: "document",
  conversations: "conversation",
  answers: "answer",
  apiKeys: "apiKey",
  intents: "intent",
  aiPersonalities: "personality",
  problems: "problem",
  problemArticles: "article",
};
type Kind =
  | "bot"
  | "document"
  | "knowledgeBase"
  | "source"
  | "prompt"
  | "personality"
  | "portalConversation"
  | "interaction"
  | "conversation"
  | "answer"
  | "contradiction"
  | "apiKey"
  | "intent"
  | "problem"
  | "article"
  | "evaluationCase"
  | "evaluationRun"
  | "replay";
type Ids = Record<Kind, string>;

function kindOf(procedure: string, field: string): Kind | "chosen" {
  const ofRouter = field === "id" ? routerKinds[procedure.split(".")[0] ?? ""] : undefined;
  const kind = fieldKinds[`${procedure}.${field}`] ?? ofRouter ?? fieldKinds[field];
  if (!kind) throw new Error(`Say here what ${field} of ${procedure} names.`);
  return kind;
}

let server: TestServer;
let site: WebSite;
let ada: TestUser;
let eve: TestUser;
let ofAda: Ids;
let ofEve: Ids;

async function furnish(user: TestUser): Promise<Ids> {
  const bot = await botWith(user, {
    "Hours.md": "The shop in the old town opens at nine in the morning on Mondays.",
    "Sign.md": "On Mondays the shop in the old town opens at ten in the morning.",
  });
  const prompt = await user.trpc.botPrompt.create.mutate({
    botId: bot.id,
    name: "Kind",
    content: "Be kind.",
  });
  const personality = await user.trpc.aiPersonalities.create.mutate({
    name: "Calm",
    systemPrompt: "Be calm.",
  });
  const asked = await user.trpc.qa.ask.mutate({
    question: "When does the shop in the old town open on Mondays?",
  });
  const apiKey = await user.trpc.apiKeys.create.mutate({ name: "Site" });
  const answer = await askBot(
    server,
    memberChat(user, bot.id),
    "When does the shop in the old town open on Mondays?",
  );
  const { conversationId, answerId } = answer.metadata ?? {};
  const [document] = bot.documents;
  if (!conversationId || !answerId || !document) throw new Error("The answer says too little of itself.");
  return {
    bot: bot.id,
    document: document.id,
    knowledgeBase: (await user.trpc.knowledge.list.query({ botId: bot.id })).items[0]?.knowledgeBaseId ?? "",
    prompt: prompt.id,
    personality: personality.id,
    portalConversation: asked.conversationId,
    interaction: asked.interactionId,
    conversation: conversationId,
    answer: answerId,
    contradiction: await listedContradiction(user),
    apiKey: apiKey.id,
    source: await emptySource(user, bot.id),
    intent: await learntIntent(user, bot.id),
    ...(await foundProblem(user, bot.id)),
    ...(await evaluated(user, bot.id, conversationId)),
  };
}

/** A web page that is not there, once that was found out: nothing of it moves any more. */
async function emptySource(user: TestUser, botId: string): Promise<string> {
  const source = await user.trpc.botSource.add.mutate({ botId, kind: "page", url: site.url });
  await vi.waitFor(
    async () => {
      const [now] = await user.trpc.botSource.listByBotId.query({ botId });
      expect(now?.status).toBe("FAILED");
    },
    { timeout: 10_000, interval: 50 },
  );
  return source.id;
}

/** A problem with a draft, once its bot's questions were grouped. */
async function foundProblem(user: TestUser, botId: string): Promise<Pick<Ids, "problem" | "article">> {
  await askBot(server, memberChat(user, botId), "Which moons of Jupiter have volcanoes?");
  const problem = await vi.waitFor(
    async () => {
      const [found] = (await user.trpc.problems.list.query({ botId })).items;
      if (!found) throw new Error("There is no problem yet.");
      return found.id;
    },
    { timeout: 10_000, interval: 50 },
  );
  const content = "Io has more than four hundred.";
  const { id: article } = await user.trpc.problemArticles.create.mutate({ problemId: problem, content });
  await user.trpc.problems.recluster.mutate({ botId });
  await vi.waitFor(
    async () =>
      expect(await user.trpc.problems.clustering.query({ botId })).toMatchObject({ status: "done" }),
    { timeout: 10_000, interval: 50 },
  );
  return { problem, article };
}

/** A case with a run of it, and a replay, once both have ended. */
async function evaluated(user: TestUser, botId: string, conversationId: string) {
  const { evaluations } = user.trpc;
  const { id: evaluationCase } = await evaluations.cases.create.mutate({ botId, question: "When?" });
  const { id: evaluationRun } = await evaluations.runs.start.mutate({ botId });
  const { id: replay } = await evaluations.replay.start.mutate({ conversationId });
  for (const runId of [evaluationRun, replay]) {
    await vi.waitFor(
      async () => expect((await evaluations.runs.get.query({ runId })).finishedAt).not.toBeNull(),
      { timeout: 10_000, interval: 50 },
    );
  }
  return { evaluationCase, evaluationRun, replay };
}

/** That of the two documents, once it is listed. */
function listedContradiction(user: TestUser): Promise<string> {
  return vi.waitFor(
    async () => {
      const [first] = (await user.trpc.qualityAssurance.contradictions.query({})).items;
      if (!first) throw new Error("No contradiction is listed.");
      return first.id;
    },
    { timeout: 10_000, interval: 50 },
  );
}

/** One of two intents, once the bot has learnt them. */
async function learntIntent(user: TestUser, botId: string): Promise<string> {
  const teach = (name: string, examples: string[]) =>
    user.trpc.intents.create.mutate({ botId, name, examples });
  await teach("Hours", ["When do you open?", "Are you open on Sunday?"]);
  const { id } = await teach("Refund", ["I want my money back", "refund my order"]);
  await vi.waitFor(
    async () => {
      const { training } = await user.trpc.intents.list.query({ botId });
      expect(training.state).toBe("trained");
    },
    { timeout: 10_000, interval: 50 },
  );
  return id;
}

/** A digest of each table's rows of a tenant. */
async function rowsOf(tenantId: string): Promise<Record<string, unknown>> {
  const { db } = server.services;
  const { rows: tables } = await db.system().execute<{ name: string }>(sql`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`);
  const digests: Record<string, unknown> = {};
  for (const { name } of tables) {
    const { rows } = await db.system().execute(sql`
      select count(*)::int as count, md5(string_agg(t::text, ' ' order by t::text)) as digest
      from ${sql.identifier(name)} t where tenant_id = ${tenantId}`);
    digests[name] = rows[0];
  }
  return digests;
}

beforeAll(async () => {
  site = await startWebSite();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: site.host });
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  ofAda = await furnish(ada);
  ofEve = await furnish(eve);
});
afterAll(async () => {
  await server.close();
  await site.close();
});

/** The ids of an input: of `owner`, but for `foreign`, which names another's. */
function idsFor(procedure: string, fields: string[], owner: Ids, foreign: string[], other: Ids) {
  return Object.fromEntries(
    fields.map((field) => {
      const kind = kindOf(procedure, field);
      if (kind === "chosen") return [field, newId()];
      return [field, foreign.includes(field) ? other[kind] : owner[kind]];
    }),
  );
}

describe("a guest", () => {
  test.each(closed)("is refused $name", async (procedure) => {
    const { make } = inputOf(procedure);
    for (const input of [make({}), undefined]) {
      expect((await callProcedure(server.url, procedure, input, {})).code).toBe("UNAUTHORIZED");
    }
  });

  test.each(httpRoutes.filter(({ auth }) => auth !== "public"))("is refused $method $path", async (route) => {
    const path = route.path.replaceAll(/\{\w+\}/g, ofAda.conversation);
    const forged: Record<string, string>[] = [
      {},
      { authorization: "Bearer forged" },
      { cookie: "parlance.session_token=forged" },
    ];
    for (const headers of forged) {
      const response = await fetch(`${server.url}${path}`, {
        method: route.method,
        headers: route.method === "GET" ? headers : { ...headers, "content-type": "application/json" },
        body: route.method === "GET" ? null : "{}",
      });
      const code = route.path.startsWith("/openai/") ? "invalid_api_key" : "UNAUTHORIZED";
      const said = route.dialect === "tenantApi" ? { status_code: 401 } : { error: { code } };
      expect(await response.json()).toMatchObject(said);
      expect(response.status).toBe(401);
    }
  });
});

describe("another tenant's ids", () => {
  const cases = closed.flatMap((procedure) => {
    const { idFields } = inputOf(procedure);
    const named = idFields.filter((field) => kindOf(procedure.name, field) !== "chosen");
    const each = named.map((field) => ({ ...procedure, foreign: [field] }));
    return named.length > 1 ? [...each, { ...procedure, foreign: named }] : each;
  });

  test("there are such procedures, and their ids are real", async () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBeGreaterThan(20);
    for (const procedure of closed.filter(({ type }) => type === "query")) {
      const { idFields, make } = inputOf(procedure);
      const input = make(idsFor(procedure.name, idFields, ofAda, [], ofAda));
      if (idFields.length === 0) continue;
      const outcome = await callProcedure(server.url, procedure, input, ada.headers);
      expect(outcome, procedure.name).toMatchObject({ code: null, data: expect.anything() });
    }
  });

  /** Every case in which a stranger, with an id of Ada's, got anything but "not found". */
  async function findLeaks(stranger: TestUser, among = cases): Promise<string[]> {
    const leaks: string[] = [];
    for (const { foreign, ...procedure } of among) {
      const { idFields, required, make } = inputOf(procedure);
      const fields = idFields.filter((field) => required.includes(field) || foreign.includes(field));
      const input = make(idsFor(procedure.name, fields, ofEve, foreign, ofAda));
      const { code, data } = await callProcedure(server.url, procedure, input, stranger.headers);
      if (code === "NOT_FOUND" || (code === null && data === null)) continue;
      leaks.push(`${procedure.name} with another's ${foreign.join(" and ")}: ${code ?? "data"}`);
    }
    return leaks;
  }

  test("are not found by any procedure, and nothing of the other tenant changes", {
    timeout: 60_000,
  }, async () => {
    const before = { ada: await rowsOf(ada.tenantId), eve: await rowsOf(eve.tenantId) };
    expect(await findLeaks(eve)).toEqual([]);
    expect(await rowsOf(ada.tenantId)).toEqual(before.ada);
    expect(await rowsOf(eve.tenantId)).toEqual(before.eve);
  });

  test.each([
    ["GET", "/api/chat/{conversation}/messages", null],
    ["GET", "/api/chat/{conversation}/stream", null],
    ["POST", "/api/chat/{conversation}/handoff", {}],
    [
      "POST",
      "/api/chat",
      { id: newId(), botId: "{bot}", messages: [{ role: "user", parts: [{ type: "text", text: "Hi" }] }] },
    ],
  ])("are not found by %s %s", async (method, path, body) => {
    const fill = (text: string) =>
      text.replace("{bot}", ofAda.bot).replace("{conversation}", ofAda.conversation);
    const response = await fetch(`${server.url}${fill(path)}`, {
      method,
      headers: { ...eve.headers, ...(body ? { "content-type": "application/json" } : {}) },
      body: body ? fill(JSON.stringify(body)) : null,
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: "NOT_FOUND" } });
  });

  test("stay hidden by the queries' own conditions where row-level security is open", async () => {
    const db = server.services.db.system();
    const tables = Object.keys(await rowsOf(ada.tenantId)).map((name) => sql.identifier(name));
    const before = await rowsOf(ada.tenantId);
    for (const table of tables)
      await db.execute(sql`create policy open on ${table} to parlance_app using (true)`);
    try {
      expect(await findLeaks(eve)).toEqual([]);
      expect(await rowsOf(ada.tenantId)).toEqual(before);
    } finally {
      for (const table of tables) await db.execute(sql`drop policy open on ${table}`);
    }
  });

  test("are seen by this check when they do get through", async () => {
    const insider = await colleague(server, ada, "member"); // stands for a stranger whom nothing stops
    const leaks = await findLeaks(
      insider,
      cases.filter(({ type }) => type !== "subscription"), // those would be let in, and wait
    );
    expect(leaks).toContain("bot.byId with another's id: data");
    expect(leaks).toContain("bot.delete with another's id: FORBIDDEN");
  });
});

describe("an administrators' procedure", () => {
  test.each(procedures.filter(({ auth, of }) => auth === "admin" && of === "installation"))(
    "$name refuses a tenant's owner",
    async (procedure) => {
      const { idFields, make } = inputOf(procedure);
      const ids: Record<string, string> = { userId: ada.userId, tenantId: ada.tenantId };
      const input = make(Object.fromEntries(idFields.map((field) => [field, ids[field] ?? newId()])));
      const before = await rowsOf(ada.tenantId);
      for (const { headers } of [ada, eve]) {
        expect((await callProcedure(server.url, procedure, input, headers)).code).toBe("FORBIDDEN");
      }
      expect(await rowsOf(ada.tenantId)).toEqual(before);
    },
  );
});

describe("a role", () => {
  /** The mutations that are not the owner's and admin's alone. */
  const own = [
    "ragQuery.submitFeedback",
    "chat.sendMessage",
    "qa.ask",
    "qa.provideFeedback",
    "user.updateProfile",
    "user.changePassword",
  ];
  const mayAct = {
    member: own,
    agent: [
      ...own,
      "conversations.reply",
      "conversations.takeOver",
      "conversations.handBack",
      "conversations.resolve",
      "conversations.reopen",
      "qualityAssurance.check",
      "qualityAssurance.review",
      "problems.updateStatus",
      "problems.merge",
      "problems.split",
      "problems.recluster",
      "problems.retest",
      "problemArticles.draft",
      "problemArticles.create",
      "problemArticles.update",
      "problemArticles.reject",
    ],
  };

  test.each(["member", "agent"] as const)("%s is refused every mutation but its own", async (role) => {
    const person = await colleague(server, ada, role);
    const before = await rowsOf(ada.tenantId);
    for (const procedure of procedures) {
      if (procedure.type !== "mutation" || mayAct[role].includes(procedure.name)) continue;
      const { idFields, required, make } = inputOf(procedure);
      const fields = idFields.filter((field) => required.includes(field));
      const input = make(idsFor(procedure.name, fields, ofAda, [], ofAda));
      const { code } = await callProcedure(server.url, procedure, input, person.headers);
      expect(code, procedure.name).toBe("FORBIDDEN");
    }
    expect(await rowsOf(ada.tenantId)).toEqual(before);
  });

  test("member reads bots and no inbox; agent reads both", async () => {
    const [member, agent] = [await colleague(server, ada, "member"), await colleague(server, ada, "agent")];
    for (const person of [member, agent]) {
      expect((await person.trpc.bot.list.query()).items.map(({ id }) => id)).toEqual([ofAda.bot]);
    }
    await expect(member.trpc.conversations.list.query({ view: "all" })).rejects.toThrow("You may not");
    await agent.trpc.conversations.list.query({ view: "all" });
  });

  test("that was taken away is gone with the next request", async () => {
    const person = await colleague(server, ada, "admin");
    expect((await person.trpc.bot.list.query()).items).toHaveLength(1);
    await server.services.db.system().execute(sql`delete from members where user_id = ${person.userId}`);
    const list = { name: "bot.list", type: "query" } as const;
    expect((await callProcedure(server.url, list, {}, person.headers)).code).toBe("UNAUTHORIZED");
  });
});
