import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { followEvents, openWidget, readEvents } from "../../../../../tests/harness/chat.ts";
import { systemContext } from "../../../../../tests/harness/desk.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { linkIn, type MailServer, startMailServer } from "../../../../../tests/harness/mail-server.ts";
import { colleague, play, refusal } from "../../../../../tests/harness/scenarios.ts";
import {
  startTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { connectSmtp } from "../../connectors/smtp/index.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { findConversation } from "../conversations/index.ts";
import { inviteToSurveys } from "./index.ts";
import { newSurveyToken } from "./survey-token.ts";
import { logged, write, written } from "./testing/customers.ts";
import { bounds, filters, procedures } from "./testing/tables.ts";

let server: TestServer;
let mail: MailServer;
let ada: TestUser;
let botId: string;
let widgetId: string;
let system: Ctx;
let now = new Date();
let surveyId: string;
let conversationId: string;
const people = new Map<string, TrpcClient>();
const csat = { name: "How was it?", kind: "csat", enabled: true } as const;
const day = 24 * 3_600_000;

beforeAll(async () => {
  mail = await startMailServer();
  server = await startTestServer();
  server.services.now = () => now;
  ada = await server.signUp("Ada");
  system = systemContext(server, ada.tenantId);
  people
    .set("guest", server.guest)
    .set("owner", ada.trpc)
    .set("stranger", (await server.signUp("Eve")).trpc);
  for (const role of ["agent", "member"] as const)
    people.set(role, (await colleague(server, ada, role)).trpc);
  // from now on mails go out: whoever signs up then confirms their address first
  const mailer = connectSmtp({ url: mail.url, from: "Parlance <help@example.test>" });
  server.services.ports = { ...server.services.ports, mailer };
  botId = (await ada.trpc.bot.create.mutate({ name: "Helper" })).id;
  ({ widgetId } = await ada.trpc.widgetConfig.getByBotId.query({ botId }));
  surveyId = (await ada.trpc.surveys.create.mutate(csat)).id;
  conversationId = await asked();
});
afterAll(async () => {
  await server.close();
  await mail.close();
});

/** A conversation of a customer who wrote something, resolved by Ada. */
async function asked(profile: { email?: string; locale?: string } = {}): Promise<string> {
  const id = await written(system, { botId, ...profile });
  await ada.trpc.conversations.resolve.mutate({ id });
  return id;
}

const surveysOf = (conversationId: string) => ada.trpc.surveys.ofConversation.query({ conversationId });

/** Once the worker has asked. */
function invited(conversationId: string) {
  return eventually(async () => {
    const [first] = await surveysOf(conversationId);
    if (!first) throw new Error("Nothing was asked yet.");
    return first;
  });
}

const tokenOf = (url: URL) => url.pathname.replace("/s/", "");

test("a visitor is asked once in the widget, and answers once", async () => {
  const visitor = await openWidget(server, widgetId);
  const stream = await followEvents(server, visitor.conversationId, visitor.headers);
  const inbox = await readEvents(`${server.url}/trpc/conversations.changes?input=%7B%7D`, ada.headers);
  await write(system, visitor.conversationId);
  await ada.trpc.conversations.resolve.mutate({ id: visitor.conversationId });
  const isSurvey = ({ event }: { event: string }) => event === "survey";
  const events = await stream.until((events) => events.some(isSurvey));
  const { invitationId } = await invited(visitor.conversationId);
  expect(events.find(isSurvey)?.data).toMatchObject({
    invitationId,
    questions: [{ key: "satisfaction", kind: "rating", text: { ar: expect.any(String) } }],
  });
  await stream.close();

  // after a reload there is a new conversation, and the question still waits
  const again = await openWidget(server, widgetId, { token: visitor.token });
  expect(again.conversationId).not.toBe(visitor.conversationId);
  const second = await followEvents(server, again.conversationId, again.headers);
  expect((await second.until((events) => events.some(isSurvey))).find(isSurvey)?.data).toMatchObject({
    invitationId,
  });
  await second.close();

  const other = await openWidget(server, widgetId);
  const send = (who: typeof visitor, body: object | null) =>
    fetch(`${server.url}/api/chat/${who.conversationId}/surveys/${invitationId}`, {
      method: body ? "POST" : "DELETE",
      headers: { ...who.headers, "content-type": "application/json" },
      body: JSON.stringify(body ?? {}),
    }).then(({ status }) => status);
  expect(await send(other, { answers: { satisfaction: 5 } })).toBe(404);
  expect(await send(again, { answers: { satisfaction: 6 } })).toBe(400);
  expect([await send(again, null), await send(again, null)]).toEqual([200, 200]);
  expect(await send(again, { answers: { satisfaction: 5 }, comment: "Quick!" })).toBe(200);
  expect(await send(again, { answers: { satisfaction: 5 }, comment: "Quick!" })).toBe(200);
  expect(await send(again, { answers: { satisfaction: 1 } })).toBe(409);
  const told = { type: "survey", conversationId: visitor.conversationId };
  const isTold = ({ data }: { data: unknown }) => isDeepStrictEqual(data, told);
  await inbox.until((events) => events.filter(isTold).length === 3); // asked, put away, answered
  await inbox.close();
  const log = await logged(server, surveyId);
  const ofIt = log.filter(({ after }) => JSON.stringify(after).includes(visitor.conversationId));
  expect(ofIt.map(({ action }) => action)).toEqual(["survey.invited", "survey.dismissed", "survey.answered"]);
  expect(ofIt[2]?.after).toEqual({ conversationId: visitor.conversationId, score: 5 }); // and none of the words

  await ada.trpc.conversations.reopen.mutate({ id: visitor.conversationId });
  await ada.trpc.conversations.resolve.mutate({ id: visitor.conversationId });
  await inviteToSurveys(system, { conversationId: visitor.conversationId, surveyId: null });
  expect(await surveysOf(visitor.conversationId)).toMatchObject([
    { invitationId, response: { score: 5, comment: "Quick!" } },
  ]);
});

test("a customer whose address is known answers by a link, in their language", async () => {
  const id = await asked({ email: "nour@example.test", locale: "ar" });
  const letter = await mail.waitFor("nour@example.test");
  expect(letter.text).toContain("ما مدى رضاك");
  const token = tokenOf(linkIn(letter));
  const open = () => server.guest.surveys.open.query({ token });
  expect(await open()).toMatchObject({ state: "open", language: "ar", survey: { kind: "csat" } });
  const respond = (satisfaction: number) =>
    server.guest.surveys.respond.mutate({ token, answers: { satisfaction } });
  expect(await refusal(respond(0))).toBe("VALIDATION_ERROR");
  await respond(2);
  expect(await refusal(respond(3))).toBe("CONFLICT");
  expect(await open()).toMatchObject({ state: "answered", survey: null });
  // a link from the inbox takes the place of the one before
  const fresh = await ada.trpc.surveys.createLink.mutate({ surveyId, conversationId: id });
  expect(await refusal(open())).toBe("NOT_FOUND");
  expect(tokenOf(new URL(fresh.url))).not.toBe(token);
  expect(await server.guest.surveys.open.query({ token: tokenOf(new URL(fresh.url)) })).toMatchObject({
    state: "answered",
  });
});

test("a link ends with its days, and tells nothing where it opens nothing", async () => {
  const { url } = await ada.trpc.surveys.createLink.mutate({ surveyId, conversationId });
  const token = tokenOf(new URL(url));
  now = new Date(now.getTime() + 14 * day);
  expect(await server.guest.surveys.open.query({ token })).toMatchObject({ state: "expired", survey: null });
  const answers = { satisfaction: 5 };
  expect(await refusal(server.guest.surveys.respond.mutate({ token, answers }))).toBe("CONFLICT");
  now = new Date(now.getTime() - 14 * day);
  for (const wrong of ["x", newSurveyToken(ada.tenantId).token, newSurveyToken(newId()).token]) {
    expect(await refusal(server.guest.surveys.open.query({ token: wrong }))).toBe("NOT_FOUND");
    expect(await refusal(server.guest.surveys.respond.mutate({ token: wrong, answers }))).toBe("NOT_FOUND");
  }
});

test("a survey is asked of whom it means, when its delay is over and if it is over still", async () => {
  const make = (trigger: object) =>
    ada.trpc.surveys.create.mutate({ name: "Later", kind: "nps", enabled: true, trigger });
  const later = await make({ delayMinutes: 60 });
  const elsewhere = await make({ channels: ["email"] });
  const off = await ada.trpc.surveys.create.mutate({ ...csat, enabled: false });
  const id = await asked();
  await invited(id);
  const of = async (id: string) => (await surveysOf(id)).map((one) => one.surveyId);
  expect(await of(id)).toEqual([surveyId]);
  await inviteToSurveys(system, { conversationId: id, surveyId: later.id });
  expect(await of(id)).toEqual([surveyId, later.id]);
  const reopened = await asked();
  await invited(reopened);
  await ada.trpc.conversations.reopen.mutate({ id: reopened });
  await inviteToSurveys(system, { conversationId: reopened, surveyId: later.id });
  await inviteToSurveys(system, { conversationId: newId(), surveyId: null });
  expect(await of(reopened)).toEqual([surveyId]);
  for (const { id } of [later, elsewhere, off]) await ada.trpc.surveys.delete.mutate({ surveyId: id });
});

test("results are of those who were asked in the period, by bot, agent and channel", async () => {
  const { id: npsId } = await ada.trpc.surveys.create.mutate({
    name: "Would you?",
    kind: "nps",
    enabled: true,
  });
  for (const [score, comment] of [
    [10, "Yes"],
    [9, ""],
    [3, "No"],
    [null, ""],
  ] as const) {
    const conversation = await asked();
    await eventually(async () => expect(await surveysOf(conversation)).toHaveLength(2));
    if (score === null) continue;
    const { url } = await ada.trpc.surveys.createLink.mutate({
      surveyId: npsId,
      conversationId: conversation,
    });
    const token = tokenOf(new URL(url));
    await server.guest.surveys.respond.mutate({ token, answers: { recommendation: score }, comment });
  }
  const period = { surveyId: npsId, from: new Date(now.getTime() - day), to: new Date(now.getTime() + day) };
  const results = await ada.trpc.surveys.results.query(period);
  expect(results.figures).toMatchObject({ invited: 4, answered: 3, responseRate: 0.75, nps: 33, csat: null });
  expect(results.days).toMatchObject([{ date: now.toISOString().slice(0, 10), invited: 4, answered: 3 }]);
  expect(results.bots).toMatchObject([{ id: botId, name: "Helper", invited: 4, nps: 33 }]);
  expect(results.questions[0]?.counts.filter(({ count }) => count > 0)).toEqual([
    { value: 3, count: 1 },
    { value: 9, count: 1 },
    { value: 10, count: 1 },
  ]);
  expect(results.comments.items.map(({ comment }) => comment).toSorted()).toEqual(["No", "Yes"]);
  for (const [filter, figures] of filters(botId)) {
    const found = await ada.trpc.surveys.results.query({ ...period, ...filter });
    expect(found.figures, JSON.stringify(filter)).toMatchObject(figures);
  }
  const before = { ...period, to: period.from, from: new Date(period.from.getTime() - day) };
  expect((await ada.trpc.surveys.results.query(before)).figures.invited).toBe(0);
  expect((await ada.trpc.surveys.list.query()).items).toMatchObject([{ invited: 4, answered: 3 }, {}]);
});

test("what a person wrote is exported with them, and erased with them", async () => {
  const id = await asked();
  const { url } = await ada.trpc.surveys.createLink.mutate({ surveyId, conversationId: id });
  const token = tokenOf(new URL(url));
  await server.guest.surveys.respond.mutate({ token, answers: { satisfaction: 4 }, comment: "I am Nour" });
  const { customerId } = await inTx(system, (ctx) => findConversation(ctx, id));
  if (customerId === null) throw new Error("It has no customer.");
  const told = await ada.trpc.endUsers.export.mutate({ customerId });
  expect(told.conversations[0]?.surveys[0]?.response).toMatchObject({ score: 4, comment: "I am Nour" });
  await ada.trpc.endUsers.delete.mutate({ customerId });
  expect((await surveysOf(id))[0]?.response).toMatchObject({ score: 4, comment: "[erased]" });
  expect(await refusal(server.guest.surveys.open.query({ token }))).toBe("NOT_FOUND");
});

const as = (who: string) => {
  const trpc = people.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};

const readers = ["owner", "agent"];

describe.each(procedures)("surveys.$name", ({ name, call, allowed, absent }) => {
  test("is for those who may", async () => {
    await play({ as: () => as("guest"), call: call(surveyId, conversationId), refused: "UNAUTHORIZED" });
    for (const who of ["member", ...(name === "delete" ? ["agent"] : readers)]) {
      const may = allowed.includes(who);
      await play({
        as: () => as(who),
        call: call(surveyId, conversationId),
        ...(may ? {} : { refused: "FORBIDDEN" }),
      });
    }
    if (!absent) return;
    const foreign = await call(surveyId, conversationId)(as("stranger")).catch(String);
    expect(foreign).toBe(await call(newId(), conversationId)(as("owner")).catch(String));
    expect(foreign).toContain("was not found");
  });
});

test.each(bounds)("a survey of %s", async (_, input, refused) => {
  const call = ada.trpc.surveys.create.mutate({ name: "Bounds", ...input } as Parameters<
    typeof ada.trpc.surveys.create.mutate
  >[0]);
  if (refused) return expect(await refusal(call)).toBe(refused);
  await ada.trpc.surveys.delete.mutate({ surveyId: (await call).id });
});

test("who saves over a newer version is told; a period has bounds", async () => {
  const { version } = await ada.trpc.surveys.get.query({ surveyId });
  await ada.trpc.surveys.update.mutate({ surveyId, name: "Newer", version });
  expect(await refusal(ada.trpc.surveys.update.mutate({ surveyId, name: "Older", version }))).toBe(
    "CONFLICT",
  );
  const results = (days: number) =>
    ada.trpc.surveys.results.query({ surveyId, from: new Date(0), to: new Date(days * day) });
  await results(366);
  expect(await refusal(results(367))).toBe("VALIDATION_ERROR");
  expect(await refusal(results(0))).toBe("VALIDATION_ERROR");
});
