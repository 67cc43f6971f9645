import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import { askBot, followEvents, memberChat, openWidget, textOf, visit } from "../harness/chat.ts";
import { colleague, refusal } from "../harness/scenarios.ts";
import { password, postAuth, type TestUser } from "../harness/server.ts";
import { furnish, type Ids } from "./furnish.ts";
import { changed, rowsOf } from "./rows.ts";
import { startWorld, type World } from "./world.ts";

/*
 * What other products of this kind leaked, by the ids of the published faults. A18 stands in row-security.test.ts. Of
 * A02 and A03 there is what exists here: no file is attached to a message yet, and nobody can have a bot's calls traced.
 */

const word = "quibbada";

let world: World;
let ada: TestUser;
let eve: TestUser;
let ofAda: Ids;
let ofEve: Ids;
let keyOfEve: string;
let before: ReadonlyMap<string, string>;

beforeAll(async () => {
  world = await startWorld();
  ada = await world.server.signUp("Ada");
  eve = await world.server.signUp("Eve");
  ofAda = await furnish({ ...world, owner: ada, word });
  ofEve = await furnish({ ...world, owner: eve, word: "quibbeve" });
  const permissions = ["chat", "evaluate"] as const;
  keyOfEve = (await eve.trpc.apiKeys.create.mutate({ name: "Program", permissions: [...permissions] }))
    .secret;
  before = await rowsOf(world.server.services.db, ada.tenantId, [ada.userId]);
}, 120_000);
afterAll(() => world.close());

const her = (kind: string) => ofAda.get(kind) ?? "";
const own = (kind: string) => ofEve.get(kind) ?? "";
const untouched = async () =>
  expect(changed(before, await rowsOf(world.server.services.db, ada.tenantId, [ada.userId]))).toEqual([]);

/** The status and body of a request to the server. */
async function ask(method: string, path: string, headers: Record<string, string>, body?: object) {
  const response = await fetch(`${world.server.url}${path}`, {
    method,
    headers: { ...headers, ...(body ? { "content-type": "application/json" } : {}) },
    body: body ? JSON.stringify(body) : null,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const asProgram = () => ({ authorization: `Bearer ${keyOfEve}` });

test("A01: no preview, passage or download of a document that is another tenant's", async () => {
  const { knowledge } = eve.trpc;
  expect(await refusal(knowledge.get.query({ id: her("document") }))).toBe("NOT_FOUND");
  expect(await refusal(knowledge.chunks.query({ documentId: her("document") }))).toBe("NOT_FOUND");
  const key = `${ada.tenantId}/documents/${her("document")}/1`;
  expect((await ask("GET", `/api/blobs/${key}`, eve.headers)).status).toBe(403);
});

test("A02: a document's id in a part of a message makes nobody read it", async () => {
  const answer = await askBot(world.server, memberChat(eve, own("bot")), {
    id: newId(),
    role: "user",
    parts: [
      { type: "text", text: "When does the shop in the old town open on Mondays?" },
      { type: "file", mediaType: "text/markdown", url: her("document"), filename: her("document") },
    ],
  });
  expect(textOf(answer)).not.toContain(word);
});

test("A03: nobody lays hands on another tenant's bot, its instructions, models or widget", async () => {
  const { trpc } = eve;
  const botId = her("bot");
  const tries = [
    () => trpc.botPrompt.create.mutate({ botId, name: "Tap", content: "Tell all." }),
    () => trpc.botPrompt.setActive.mutate({ botId, promptId: own("prompt") }),
    () => trpc.botSource.add.mutate({ botId, kind: "page", url: "https://192.0.1.1/" }),
    () => trpc.knowledge.chooseEmbedding.mutate({ botId, model: "builtin:lexical-512" }),
    () => trpc.widgetConfig.update.mutate({ botId }),
    () => trpc.bot.update.mutate({ id: botId, name: "Tapped" }),
  ];
  for (const attempt of tries) expect(await refusal(attempt())).toBe("NOT_FOUND");
  await untouched();
});

test("A04: an API key lists the bots of its tenant, one for a single bot that one", async () => {
  const { secret } = await eve.trpc.apiKeys.create.mutate({
    name: "One",
    permissions: ["chat"],
    botId: own("bot"),
  });
  const all = await ask("GET", "/openai/v1/models", asProgram());
  const one = await ask("GET", "/openai/v1/models", { authorization: `Bearer ${secret}` });
  for (const { text } of [all, one]) expect(text).not.toContain(word);
  expect(JSON.parse(one.text).data).toHaveLength(1);
});

test("A05: nobody stops another tenant's run or answer", async () => {
  const path = `/api/evaluations/runs/${her("evaluationRun")}/cancellation`;
  expect((await ask("POST", path, asProgram())).status).toBe(404);
  expect(await refusal(eve.trpc.evaluations.runs.cancel.mutate({ runId: her("evaluationRun") }))).toBe(
    "NOT_FOUND",
  );
});

test("A06: nobody listens to another's conversation, neither a tenant's nor another visitor's", async () => {
  const visitor = await visit(world.server, ada, her("bot"));
  const neighbour = await openWidget(world.server, her("widget"));
  for (const headers of [eve.headers, visitor.headers, neighbour.headers]) {
    const stream = await followEvents(world.server, her("visitorConversation"), headers);
    expect(stream.status).toBe(404);
    await stream.close();
  }
  before = await rowsOf(world.server.services.db, ada.tenantId, [ada.userId]); // two visitors came
});

test("A07: nobody goes on with another's chat by its id, a colleague's neither", async () => {
  const headers = { ...eve.headers, "content-type": "application/json" };
  const messages = [{ role: "user", parts: [{ type: "text", text: "What did we speak of?" }] }];
  const answer = await ask("POST", "/api/chat", headers, {
    id: her("conversation"),
    botId: own("bot"),
    messages,
  });
  expect(answer.text).not.toContain(word);
  await untouched();
  const member = await colleague(world.server, eve, "member");
  const theirs = await ask("POST", "/api/chat", member.headers, { id: own("conversation"), messages });
  expect(theirs.status).toBe(404);
});

test("A08: a knowledge base of another tenant is neither searched nor written to", async () => {
  const knowledgeBaseId = her("knowledgeBase");
  const { knowledge } = eve.trpc;
  expect(await refusal(knowledge.search.query({ knowledgeBaseId, query: "opens" }))).toBe("NOT_FOUND");
  expect(await refusal(knowledge.list.query({ knowledgeBaseId }))).toBe("NOT_FOUND");
  const { passages } = await knowledge.search.query({ query: `${word} shop in the old town` });
  expect(JSON.stringify(passages)).not.toContain(word);
  await untouched();
});

test("A09: to be let read a document is not to be let delete it", async () => {
  const member = await colleague(world.server, eve, "member");
  const [botId, documentId] = [own("bot"), own("document")];
  await member.trpc.knowledge.get.query({ id: documentId });
  expect(await refusal(member.trpc.botDocument.delete.mutate({ botId, documentId }))).toBe("FORBIDDEN");
  const foreign = eve.trpc.botDocument.delete.mutate({ botId, documentId: her("document") });
  expect(await refusal(foreign)).toBe("NOT_FOUND");
  await untouched();
});

test("A10: what is another tenant's cannot be tied to something of one's own", async () => {
  const { trpc } = eve;
  const [botId, problemId] = [own("bot"), own("problem")];
  const goldDocumentId = her("document");
  const tries = [
    () => trpc.evaluations.cases.create.mutate({ botId, question: "When?", goldDocumentId }),
    () => trpc.evaluations.cases.make.mutate({ botId, from: "document", documentId: goldDocumentId }),
    () => trpc.bot.update.mutate({ id: botId, personalityId: her("personality") }),
    () => trpc.problems.merge.mutate({ id: problemId, intoId: her("problem") }),
    () => trpc.apiKeys.create.mutate({ name: "Tied", permissions: ["chat"], botId: her("bot") }),
    () => trpc.qa.updateSettings.mutate({ botId: her("bot") }),
  ];
  for (const attempt of tries) expect(await refusal(attempt())).toBe("NOT_FOUND");
  await untouched();
});

test("A11: who may follow a conversation may not therefore write into it as an agent", async () => {
  const member = await colleague(world.server, eve, "member");
  const id = own("visitorConversation");
  const reply = { id, clientId: newId(), text: "Hello" };
  expect(await refusal(member.trpc.conversations.reply.mutate(reply))).toBe("FORBIDDEN");
  const visitor = await openWidget(world.server, own("widget"));
  expect((await ask("POST", "/trpc/conversations.reply", visitor.headers, reply)).status).toBe(401);
});

test("A12: no first frame of a stream brings another's history", async () => {
  const input = { botId: own("bot"), question: "What did we speak of?", sessionId: her("conversation") };
  const path = `/trpc/ragQuery.streamQuery?input=${encodeURIComponent(JSON.stringify(input))}`;
  const { text } = await ask("GET", path, { ...eve.headers, accept: "text/event-stream" });
  expect(text).not.toContain(word);
  await untouched();
});

test("A13: an invitation works for its own tenant, address and role alone", async () => {
  const email = `invited-${newId()}@example.test`;
  const { invitations } = await ada.trpc.users.invite.mutate({ emails: [email], role: "member" });
  const token = new URL(invitations[0]?.link ?? "").searchParams.get("token") ?? "";
  expect(token).not.toBe("");
  const asEve = await postAuth(world.server.url, "acceptInvitation", { token, role: "owner" }, eve.headers);
  expect(asEve.ok).toBe(false);
  const { services } = world.server;
  const { rows } = await services.db
    .system()
    .execute(
      `select 1 from members where member_of_tenant = '${ada.tenantId}' and user_id = '${eve.userId}'`,
    );
  expect(rows).toEqual([]);
  expect(await refusal(eve.trpc.users.revokeInvitation.mutate({ invitationId: her("invitation") }))).toBe(
    "NOT_FOUND",
  );
  before = await rowsOf(services.db, ada.tenantId, [ada.userId]); // one more was invited
});

test("A14: an answer is for who asked: nothing on the way may keep it", async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, turn) => {
      const { headers } = turn % 2 === 0 ? ada : eve;
      return { turn, ...(await ask("GET", "/trpc/bot.list", headers)) };
    }),
  );
  for (const { turn, text, headers } of answers) {
    expect(text.includes(word)).toBe(turn % 2 === 0);
    expect(headers.get("cache-control") ?? "").not.toMatch(/public|max-age=[1-9]/);
  }
});

test("A15: ids further inside of an input are asked for like those outside", async () => {
  const { trpc } = eve;
  const caseIds = [own("evaluationCase"), her("evaluationCase")];
  expect(await refusal(trpc.evaluations.runs.start.mutate({ botId: own("bot"), caseIds }))).toBe("NOT_FOUND");
  const nested = await ask("POST", "/api/evaluations/runs", asProgram(), { bot: own("bot"), caseIds });
  expect(nested.status).toBe(404);
});

test("A16: no account is taken over by its id", async () => {
  const { users } = eve.trpc;
  const { userId } = ada;
  expect(await refusal(users.updateRole.mutate({ userId, role: "member" }))).toBe("NOT_FOUND");
  const bearer = await postLogin(eve.email);
  const path = `/v1/users/${userId}/password`;
  const taken = await ask("PATCH", path, bearer, { password: "a new password" });
  expect(taken.status).toBe(404);
  expect((await ask("PATCH", `/v1/users/${userId}`, bearer, { firstName: "Taken" })).status).toBe(404);
  expect((await postAuth(world.server.url, "login", { email: ada.email, password })).ok).toBe(true);
});

async function postLogin(email: string): Promise<Record<string, string>> {
  const { text } = await ask("POST", "/v1/auth/login", {}, { email, password });
  return { authorization: `Bearer ${JSON.parse(text).data.accessToken}` };
}

test("a role that was taken away is gone with the next request", async () => {
  const person = await colleague(world.server, eve, "admin");
  expect((await person.trpc.bot.list.query()).items.length).toBeGreaterThan(0);
  await world.server.services.db.system().execute(`delete from members where user_id = '${person.userId}'`);
  expect(await refusal(person.trpc.bot.list.query())).toBe("UNAUTHORIZED");
});

test("A17: of several at once each one is asked for", async () => {
  const questionIds = [own("problemQuestion"), her("problemQuestion")];
  const split = eve.trpc.problems.split.mutate({ id: own("problem"), questionIds });
  expect(await refusal(split)).toBe("NOT_FOUND");
  const rows = await eve.trpc.problems.get.query({ id: own("problem") });
  expect(rows.questions.length).toBeGreaterThan(0);
});
