import { sql } from "drizzle-orm";
import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { askBot, openWidget } from "../../../../../tests/harness/chat.ts";
import { type MailServer, startMailServer } from "../../../../../tests/harness/mail-server.ts";
import { botWith, refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { connectSmtp } from "../../connectors/smtp/index.ts";
import { personalData, withoutPersonalWords } from "./personal-data.ts";
import { nameEverywhere } from "./testing/name-everywhere.ts";

let mail: MailServer;
let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let secret = "";
let widgetId = "";
let ahead = 0;
beforeAll(async () => {
  mail = await startMailServer();
  server = await startTestServer();
  server.services.now = () => new Date(Date.now() + ahead);
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  // from now on mails go out: whoever signs up then confirms their address first
  const mailer = connectSmtp({ url: mail.url, from: "Parlance <help@example.test>" });
  server.services.ports = { ...server.services.ports, mailer };
  secret = (await ada.trpc.endUsers.rotateIdentitySecret.mutate()).secret;
  const bot = await botWith(ada, { "Tea.md": "# Tea\n\nTea is served at four o'clock in the garden." });
  widgetId = (await ada.trpc.widgetConfig.getByBotId.query({ botId: bot.id })).widgetId;
});
afterAll(async () => {
  await server.close();
  await mail.close();
});

const sign = (claims: Record<string, unknown>, key = secret, alg = "HS256", exp: string | null = "5m") => {
  const token = new SignJWT(claims).setProtectedHeader({ alg });
  return (exp ? token.setExpirationTime(exp) : token).sign(new TextEncoder().encode(key));
};
const identify = (identityToken: string, by = ada) => by.trpc.endUsers.identify.mutate({ identityToken });

test("a signed identity makes somebody known, and finds them again", async () => {
  const first = await identify(await sign({ sub: "u-1", email: "Grace@Example.test", name: "Grace" }));
  expect(first).toMatchObject({ created: true, customer: { name: "Grace", email: "grace@example.test" } });
  const again = await identify(await sign({ sub: "u-1", name: "Grace H." }, secret, "HS256", null));
  expect(again).toMatchObject({ created: false, customer: { id: first.customer.id, name: "Grace H." } });
  expect(again.customer.identities).toMatchObject([
    { kind: "external", value: "u-1", source: "signed", verifiedAt: expect.any(String) },
    { kind: "email", value: "grace@example.test", source: "signed" },
  ]);
});

test("B08: what is not signed by this tenant's secret, or no more, is refused alike", async () => {
  const foreign = (await eve.trpc.endUsers.rotateIdentitySecret.mutate()).secret;
  const good = await sign({ sub: "u-2" });
  const [head = "", , mark = ""] = good.split(".");
  const forged = Buffer.from(JSON.stringify({ sub: "u-1" })).toString("base64url");
  const none = Buffer.from('{"alg":"none"}').toString("base64url");
  const bad = {
    "another secret": await sign({ sub: "u-2" }, `${secret}x`),
    "another tenant's secret": await sign({ sub: "u-2" }, foreign),
    expired: await sign({ sub: "u-2" }, secret, "HS256", "-1s"),
    "another algorithm": await sign({ sub: "u-2" }, secret, "HS512"),
    "no algorithm": `${none}.${forged}.`,
    "claims that were changed": `${head}.${forged}.${mark}`,
    "nobody named": await sign({ email: "x@example.test" }),
    garbage: "x.y.z",
  };
  const texts = new Set<string>();
  for (const [why, token] of Object.entries(bad)) {
    expect(await refusal(identify(token)), why).toBe("UNAUTHORIZED");
    texts.add(await refusalText(identify(token)));
  }
  expect(texts.size).toBe(1);
  expect(await refusal(identify(good, eve))).toBe("UNAUTHORIZED");
  await identify(good);
});

test("after a new secret was made the old one works for a day", async () => {
  const old = secret;
  secret = (await ada.trpc.endUsers.rotateIdentitySecret.mutate()).secret;
  await identify(await sign({ sub: "u-1" }));
  await identify(await sign({ sub: "u-1" }, old, "HS256", null));
  ahead += 25 * 3_600_000;
  expect(await refusal(identify(await sign({ sub: "u-1" }, old, "HS256", null)))).toBe("UNAUTHORIZED");
  ahead = 0;
  const { rows } = await server.services.db.system().execute<{ row: string }>(sql`
    select s::text as row from identity_secrets s union all select a::text from audit_log a`);
  expect(rows.filter(({ row }) => row.includes(secret) || row.includes(old))).toEqual([]);
});

test("a visitor who shows one brings along what they wrote; another person at the browser does not", async () => {
  const visitor = await openWidget(server, widgetId);
  await askBot(server, visitor, "When is tea served?");
  const show = async (headers: Record<string, string>, identityToken: string) => {
    const response = await fetch(`${server.url}/api/widget/identity`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ identityToken }),
    });
    return { status: response.status, ...(await response.json()) };
  };
  const ann = await show(visitor.headers, await sign({ sub: "ann" }));
  expect(ann.status).toBe(200);
  const detail = await ada.trpc.endUsers.get.query({ customerId: ann.customerId });
  expect(detail.recentConversations.map(({ id }) => id)).toContain(visitor.conversationId);
  const bob = await show({ authorization: `Bearer ${ann.token}` }, await sign({ sub: "bob" }));
  expect(bob.customerId).not.toBe(ann.customerId);
  expect((await ada.trpc.endUsers.get.query({ customerId: bob.customerId })).recentConversations).toEqual([]);
  expect((await show(visitor.headers, "x.y.z")).status).toBe(401);
  expect((await show({}, "x.y.z")).status).toBe(401);
  expect(await actionsOn(ann.customerId)).toEqual(["customer.updated", "customer.merged"]);
  // what was written as nobody is read on with the named customer's token
  const resumed = await openWidget(server, widgetId, { token: ann.token });
  expect(resumed.conversationId).toBe(visitor.conversationId);
  expect(resumed.messages).toHaveLength(2);
});

test("a page that signs who its visitor is gives them their own conversation, in every browser", async () => {
  const identityToken = await sign({ sub: "page-1", email: "page@example.test" });
  const page = async (identityToken: string) => {
    const response = await fetch(`${server.url}/api/widget/${widgetId}/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ identityToken }),
    });
    expect(response.status).toBe(200);
    return z.object({ token: z.string(), conversationId: z.string() }).parse(await response.json());
  };
  const one = await page(identityToken);
  const headers = { authorization: `Bearer ${one.token}` };
  await askBot(server, { headers, chatId: one.conversationId }, "When is tea served?");
  const other = await page(identityToken);
  expect(other.conversationId).toBe(one.conversationId);
  const who = async (token: string) => (await server.services.ports.visitorTokens.read(token)).customerId;
  const known = await ada.trpc.endUsers.get.query({ customerId: await who(one.token) });
  expect(known).toMatchObject({ email: "page@example.test", merged: [] }); // nobody was made on the way
  const late = await sign({ sub: "page-1" }, secret, "HS256", "-1s");
  const stranger = await page(late);
  expect(stranger.conversationId).not.toBe(one.conversationId);
});

/** What the audit log says was done to a customer, the first first. */
async function actionsOn(customerId: string): Promise<string[]> {
  const { rows } = await server.services.db.system().execute<{ action: string }>(sql`
    select action from audit_log where subject_id = ${customerId} order by created_at, id`);
  return rows.map(({ action }) => action);
}

const codeIn = (text: string) => /\b\d{6}\b/.exec(text)?.[0] ?? "";
const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

async function sent(email: string, customer?: string) {
  const customerId = customer ?? (await ada.trpc.endUsers.identify.mutate({ email })).customer.id;
  const { verificationId } = await ada.trpc.verification.send.mutate({ customerId, to: email });
  return { customerId, verificationId, code: codeIn((await mail.waitFor(email)).text) };
}

test("a code that was mailed proves the address, once", async () => {
  const { customerId, verificationId, code } = await sent("code@example.test");
  const check = () => ada.trpc.verification.check.mutate({ verificationId, code });
  expect(await check()).toEqual({ verified: true, customerId, otherCustomerId: null });
  expect((await ada.trpc.endUsers.get.query({ customerId })).identities).toMatchObject([
    { kind: "email", source: "code", verifiedAt: expect.any(String) },
  ]);
  expect(await refusal(check())).toBe("VALIDATION_ERROR");
  expect(await actionsOn(customerId)).toEqual(
    expect.arrayContaining(["customer.updated", "verification.sent", "verification.passed"]),
  );
});

test("five wrong codes, also at once, and none works any more", async () => {
  const { verificationId, code } = await sent("brute@example.test");
  const tries = Array.from({ length: 8 }, () =>
    refusal(ada.trpc.verification.check.mutate({ verificationId, code: wrongOf(code) })),
  );
  expect((await Promise.all(tries)).sort()).toEqual([
    ...Array.from({ length: 3 }, () => "TOO_MANY_REQUESTS"),
    ...Array.from({ length: 5 }, () => "VALIDATION_ERROR"),
  ]);
  expect(await refusal(ada.trpc.verification.check.mutate({ verificationId, code }))).toBe(
    "TOO_MANY_REQUESTS",
  );
});

test("a code ends after ten minutes, and is its tenant's alone", async () => {
  const { verificationId, code } = await sent("late@example.test");
  expect(await refusal(eve.trpc.verification.check.mutate({ verificationId, code }))).toBe("NOT_FOUND");
  ahead += 10 * 60_000;
  expect(await refusal(ada.trpc.verification.check.mutate({ verificationId, code }))).toBe(
    "VALIDATION_ERROR",
  );
  ahead = 0;
});

test("B09: an address gets five mails an hour, whoever asks at once", async () => {
  const { customer } = await ada.trpc.endUsers.identify.mutate({ email: "busy@example.test" });
  const send = () => ada.trpc.verification.send.mutate({ customerId: customer.id });
  const outcomes = await Promise.allSettled(Array.from({ length: 7 }, send));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  expect(await refusal(send())).toBe("TOO_MANY_REQUESTS");
  ahead += 61 * 60_000;
  await send();
  ahead = 0;
});

test("an address that is another customer's names them, and stays theirs", async () => {
  const owner = await ada.trpc.endUsers.identify.mutate({ email: "shared@example.test" });
  const other = await ada.trpc.endUsers.identify.mutate({ phone: "+33612345678" });
  const { verificationId, code } = await sent("shared@example.test", other.customer.id);
  expect(await ada.trpc.verification.check.mutate({ verificationId, code })).toMatchObject({
    customerId: other.customer.id,
    otherCustomerId: owner.customer.id,
  });
});

test("what is erased leaves no personal word in the database", async () => {
  const visitor = await openWidget(server, widgetId);
  const { customerId } = await server.services.ports.visitorTokens.read(visitor.token);
  const words = ["Zebulon Quizzlebury", "zebulon@quizzlebury.test", "+4930555777", "xylophonist"];
  const [name = "", email = "", phone = ""] = words;
  await ada.trpc.endUsers.update.mutate({
    customerId,
    name,
    company: "Quizzlebury Ltd",
    metadata: { note: "xylophonist" },
    identities: { emails: [email], phoneNumbers: [phone] },
  });
  const twin = await ada.trpc.endUsers.identify.mutate({ externalId: "xylophonist-2", name });
  await ada.trpc.endUsers.merge.mutate({ sourceCustomerId: twin.customer.id, targetCustomerId: customerId });
  const { verificationId, code } = await sent(email, customerId);
  await ada.trpc.verification.check.mutate({ verificationId, code });
  await askBot(server, visitor, "Where does a xylophonist find tea in Quizzlebury?");
  await fetch(`${server.url}/api/chat/${visitor.conversationId}/handoff`, {
    method: "POST",
    headers: { ...visitor.headers, "content-type": "application/json" },
    body: JSON.stringify({ reason: "I am a xylophonist", email }),
  });
  await ada.trpc.conversations.takeOver.mutate({ id: visitor.conversationId });
  await ada.trpc.conversations.reply.mutate({
    id: visitor.conversationId,
    text: `Dear ZEBULON Quizzlebury, your tea is on its way to ${email}.`,
    clientId: crypto.randomUUID(),
  });

  const blobKey = await nameEverywhere(server, ada, visitor.conversationId, `Ask ${name} at ${email}.`);
  const exported = await ada.trpc.endUsers.export.mutate({ customerId });
  expect(exported.other.attachments).toMatchObject([{ fileName: expect.stringContaining(name) }]);
  expect(JSON.stringify(exported)).toContain("Where does a xylophonist find tea");
  expect(await findWords(words)).not.toEqual([]); // the search finds what is there

  await ada.trpc.endUsers.delete.mutate({ customerId });
  expect(await findWords(words)).toEqual([]);
  expect(await server.services.blobs.head(blobKey)).toBeNull();
  expect(await refusal(ada.trpc.endUsers.get.query({ customerId }))).toBe("NOT_FOUND");
  const kept = await ada.trpc.conversations.get.query({ id: visitor.conversationId });
  expect(kept).toMatchObject({ customer: null, subject: "[erased]" });
  const again = await openWidget(server, widgetId, { token: visitor.token });
  expect(again.conversationId).not.toBe(visitor.conversationId);
});

test("every table that leads to a customer or a conversation says what becomes of its rows", async () => {
  // by foreign keys over any number of tables, or by a column of that name
  const { rows } = await server.services.db.system().execute<{ name: string }>(sql`
    with recursive leads as (
      select 'public.customers'::regclass::oid as oid union select 'public.conversations'::regclass::oid
      union
      select a.attrelid from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not a.attisdropped
        and a.attname in ('customer_id', 'conversation_id', 'visitor_id', 'message_id', 'answer_id')
      union
      select k.conrelid from pg_constraint k join leads on leads.oid = k.confrelid where k.contype = 'f'
    )
    select c.relname as name from leads join pg_class c using (oid) order by 1`);
  const found = rows.map(({ name }) => name);
  const declared = [...personalData.map(({ tables }) => tables), withoutPersonalWords].flatMap(Object.keys);
  expect(found.filter((name) => !declared.includes(name))).toEqual([]);
  expect(found).toEqual(expect.arrayContaining(["swarm_messages", "citations", "survey_responses"]));
  expect(new Set(declared).size).toBe(declared.length);
});

/** In which tables of the whole database a word stands. */
async function findWords(words: string[]): Promise<string[]> {
  const system = server.services.db.system();
  const { rows } = await system.execute<{ name: string }>(sql`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`);
  const found: string[] = [];
  for (const { name } of rows) {
    for (const word of words) {
      const { rows: hits } = await system.execute<{ n: number }>(
        sql`select count(*)::int as n from ${sql.raw(name)} t where t::text ilike ${`%${word}%`}`,
      );
      if ((hits[0]?.n ?? 0) > 0) found.push(`${word} in ${name}`);
    }
  }
  return found;
}
