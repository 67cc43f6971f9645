import { and, inArray, ne } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { restClient } from "../../../../../tests/harness/rest.ts";
import { colleague } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";
import { members } from "../identity/identity.tables.ts";

let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let customerId: string;
const tokens = new Map<string, string>();
const rest = restClient(() => server);
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  bob = await colleague(server, ada, "agent");
  const member = await colleague(server, ada, "member");
  // a program signs in to the workspace that somebody belongs to longest
  await server.services.db
    .system()
    .delete(members)
    .where(
      and(inArray(members.userId, [bob.userId, member.userId]), ne(members.organizationId, ada.tenantId)),
    );
  const eve = await server.signUp("Eve");
  for (const [name, person] of Object.entries({ ada, bob, member, eve })) {
    tokens.set(name, (await rest.login(person)).accessToken);
  }
  customerId = (await call("POST", "/customers", { profile: { name: "Cleo" } })).data.id;
});
afterAll(() => server.close());

// biome-ignore lint/suspicious/noExplicitAny: what a program reads of JSON
type Said = any;

async function call(method: string, path: string, body?: object, who = "ada"): Promise<Said> {
  const { status, said } = await rest.call(method, `/v1${path}`, body, tokens.get(who));
  return { status, ...(said as object) };
}

async function opened(content = "Hello, I need help", more: object = {}): Promise<Said> {
  const body = { customerId, channel: "web_chat", initialMessage: { content }, ...more };
  return (await call("POST", "/conversations", body)).data;
}

describe("one conversation", () => {
  test("is opened with the customer's words, which wait for a person, and read with them", async () => {
    const made = await opened("The blue parcel is lost", { subject: "Parcel" });
    expect(made).toMatchObject({
      customerId,
      customer: { profile: { name: "Cleo" } },
      state: "escalated",
      currentChannel: "web_chat",
      channelsUsed: ["web_chat"],
      subject: "Parcel",
      messageCount: 1,
      unreadCount: 1,
    });
    const { data } = await call("GET", `/conversations/${made.id}?includeTimeline=true`, undefined, "bob");
    expect(data.messages).toMatchObject([
      {
        direction: "inbound",
        senderType: "customer",
        channel: "web_chat",
        content: "The blue parcel is lost",
      },
    ]);
    // what a classification says of it comes when it comes
    const types = data.timeline.map(({ type }: Said) => type);
    expect(types.filter((type: string) => type !== "properties")).toEqual(["message", "status"]);
    const bare = await call("GET", `/conversations/${made.id}?includeMessages=false`);
    expect(bare.data).not.toHaveProperty("messages");
  });

  test("is changed whole, and never over a newer version", async () => {
    const { id } = await opened();
    const path = `/conversations/${id}`;
    const first = await call("PATCH", path, { tags: ["urgent", "billing"], severity: "P1" });
    expect(first.data).toMatchObject({ tags: ["urgent", "billing"], severity: "P1" });
    const version = first.data.version - 1; // as somebody read it before
    const late = await call("PATCH", path, { tags: [], state: "resolved", version }, "bob");
    expect(late).toMatchObject({ status: 409, error: { code: "CONFLICT" } });
    const [newer] = late.error.details;
    expect(newer.yourVersion).toBe(version);
    expect(newer.version).toBeGreaterThan(version);
    expect((await call("GET", path)).data).toMatchObject({ state: "escalated", tags: ["urgent", "billing"] });
    const illegal = await call("PATCH", path, { state: "closed", tags: ["lost"] });
    expect(illegal).toMatchObject({ status: 409, error: { code: "CONFLICT" } });
    expect(illegal.error.message).toMatch(/escalated.*closed/);
    expect((await call("GET", path)).data.tags).toEqual(["urgent", "billing"]);
  });

  test("goes to an agent, on to another and into a team's queue", async () => {
    const { id } = await opened();
    const path = `/conversations/${id}`;
    const given = await call("POST", `${path}/assign`, { agentId: ada.userId, reason: "manual_assignment" });
    expect(given.data).toMatchObject({ state: "awaiting_agent", assignedAgent: { displayName: "Ada" } });
    expect((await call("POST", `${path}/transfer`, { agentId: bob.userId }, "bob")).status).toBe(409);
    const handed = await call("POST", `${path}/transfer`, { agentId: bob.userId });
    expect(handed.data.assignedAgentId).toBe(bob.userId);
    const team = (await call("POST", "/teams", { name: "Money" })).data.id;
    const queued = await call("POST", `${path}/assign`, { teamId: team });
    expect(queued.data).toMatchObject({ assignedAgentId: null, assignedTeamId: team, state: "escalated" });
    expect((await call("POST", `${path}/assign`, {})).error.code).toBe("VALIDATION_ERROR");
    expect((await call("POST", `${path}/assign`, { agentId: newId() })).status).toBe(404);
  });

  test("is escalated with the work behind it, resolved with a last word and opened again", async () => {
    const { id } = await opened();
    const path = `/conversations/${id}`;
    await call("POST", `${path}/assign`, { agentId: ada.userId });
    const escalated = await call("POST", `${path}/escalate`, {
      reason: "Technical issue requires engineering",
      createResolution: true,
      issueType: "technical",
      priority: "P1",
    });
    expect(escalated.data).toMatchObject({ state: "escalated", severity: "P1", assignedAgentId: null });
    expect(escalated.data.resolutionId).toBe((await call("GET", path)).data.resolutionId);
    const solved = await call("POST", `${path}/resolve`, {
      resolutionNotes: "Issue resolved by a restart",
      sendClosureMessage: true,
    });
    expect(solved.data.state).toBe("resolved");
    const { data } = await call("GET", `${path}?includeNotes=true`);
    expect(data.messages.some((m: Said) => m.internal && m.content === "Issue resolved by a restart")).toBe(
      true,
    );
    expect(data.messages.at(-1)).toMatchObject({ senderType: "agent", internal: false });
    expect((await call("POST", `${path}/escalate`, { reason: "Again" })).status).toBe(409);
    expect((await call("POST", `${path}/reopen`, {})).data).toMatchObject({ state: "awaiting_agent" });
    expect((await call("POST", `${path}/reopen`, {})).status).toBe(409);
  });
});

describe("messages", () => {
  test("D01, F01: go out as harmless HTML with files; notes stay with the colleagues", async () => {
    const { id } = await opened();
    const path = `/conversations/${id}/messages`;
    const clientId = newId();
    const body = {
      channel: "email",
      content: '<p onclick="x()">Thank <b>you</b></p><script>steal()</script>',
      contentType: "html",
      attachments: [{ filename: "../a.txt", base64Content: Buffer.from("Hello").toString("base64") }],
      clientId,
    };
    const sent = await call("POST", path, body);
    expect(sent).toMatchObject({
      status: 201,
      data: {
        channel: "email",
        direction: "outbound",
        senderType: "agent",
        content: "<p>Thank <b>you</b></p>",
        status: "sent",
        attachments: [{ filename: ".._a.txt", size: 5 }],
      },
    });
    expect((await call("POST", path, body)).data.id).toBe(sent.data.id);
    const [file] = sent.data.attachments;
    const { url } = (await call("GET", `/attachments/${file.id}`)).data;
    expect(await (await fetch(url)).text()).toBe("Hello");

    const note = await call("POST", path, { content: "Careful", internal: true });
    expect(note.data).toMatchObject({ internal: true });
    const shown = async (query: string) =>
      (await call("GET", `${path}${query}`)).data.map((m: Said) => m.content);
    expect(await shown("?direction=inbound")).toEqual(["Hello, I need help"]);
    expect(await shown("?channel=email")).toEqual(["<p>Thank <b>you</b></p>"]);
    expect(await shown(`?after=${sent.data.id}&includeNotes=true`)).toContain("Careful");
    expect(await shown("")).not.toContain("Careful");
    expect(await shown(`?before=${sent.data.id}&limit=1`)).toHaveLength(1);
    const read = await call("GET", `/conversations/${id}`);
    expect(read.data).toMatchObject({ currentChannel: "email", channelsUsed: ["web_chat", "email"] });
  });

  test("that are deleted are hidden everywhere at once", async () => {
    const word = `zebra${Date.now()}`;
    const { id } = await opened(`My ${word} is secret`);
    const find = async () => (await call("GET", `/conversations?search=${word}`)).data.length;
    expect(await find()).toBe(1);
    const { data } = await call("GET", `/conversations/${id}`);
    const [message] = data.messages;
    expect((await call("DELETE", `/messages/${message.id}`, undefined, "eve")).status).toBe(404);
    expect((await call("DELETE", `/messages/${message.id}`)).data).toEqual({ id: message.id, deleted: true });
    expect((await call("DELETE", `/messages/${message.id}`)).status).toBe(200);
    expect(await find()).toBe(0);
    expect((await call("GET", `/messages/${message.id}`)).data).toMatchObject({
      content: "",
      status: "deleted",
    });
    expect(JSON.stringify(await call("GET", `/conversations/${id}?includeTimeline=true`))).not.toContain(
      word,
    );
    expect(JSON.stringify(await call("GET", "/conversations"))).not.toContain(word);
  });

  const long = (n: number) => ({ content: "a".repeat(n) });
  test.each([
    ["8,000 characters", long(8_000), 201],
    ["8,001 characters", long(8_001), 400],
    ["a megabyte", long(1_000_000), 400],
    ["nothing", { content: " " }, 400],
    ["HTML without words", { content: "<script>x</script>", contentType: "html" }, 400],
    ["what is not base64", { content: "a", attachments: [{ filename: "a", base64Content: "?" }] }, 400],
    [
      "a file of more than 10 MB",
      { content: "a", attachments: [{ filename: "a", base64Content: "A".repeat(13_981_020) }] },
      413,
    ],
  ])("of %s: %s", async (_title, body, status) => {
    const { id } = await opened();
    const answer = await call("POST", `/conversations/${id}/messages`, body);
    expect(answer.status, JSON.stringify(answer).slice(0, 300)).toBe(status);
  });
});

describe("the list", () => {
  test("filters, sorts and pages", async () => {
    const who = (await call("POST", "/customers", { profile: { name: "Dido" } })).data.id;
    const ids: string[] = [];
    for (const n of [1, 2, 3, 4, 5]) {
      const { id } = await opened(`Question ${n} about otters`, {
        customerId: who,
        channel: n === 1 ? "email" : "sms",
      });
      ids.push(id);
    }
    await call("PATCH", `/conversations/${ids[1]}`, { severity: "P0", tags: ["vip", "water bird"] });
    await call("POST", `/conversations/${ids[2]}/assign`, { agentId: bob.userId });
    const list = async (query: string) => {
      const { data } = await call("GET", `/conversations?customerId=${who}&sortOrder=asc&${query}`);
      return data.map(({ id }: Said) => ids.indexOf(id) + 1);
    };
    expect(await list("")).toEqual([1, 2, 3, 4, 5]);
    expect(await list("channel=email,web_chat")).toEqual([1]);
    expect(await list("severity=P0&severity=P1")).toEqual([2]);
    expect(await list("tags=vip,water bird")).toEqual([2]);
    expect(await list("tags=vip,fish")).toEqual([]);
    expect(await list(`assignedAgentId=${bob.userId}`)).toEqual([3]);
    const two = `${newId()},${bob.userId}`;
    expect(await list(`assignedAgentId=${two}`)).toEqual([3]);
    expect(await list(`assignedTeamId=${two}`)).toEqual([]);
    expect(await list("state=awaiting_agent")).toEqual([3]);
    expect(await list("search=OTTERS question 4")).toEqual([4]);
    expect(await list("search=otter")).toEqual([]);
    expect(await list("slaBreach=true")).toEqual([]);
    expect(await list("slaBreach=false")).toEqual([1, 2, 3, 4, 5]);
    expect(await list("sortBy=last_message_at")).toEqual([1, 2, 3, 4, 5]);
    expect(await list("pageSize=2&page=2")).toEqual([3, 4]);
    expect(await list("pageSize=2&page=4")).toEqual([]);
    const page = await call("GET", `/conversations?customerId=${who}&pageSize=2&page=2`);
    expect(page.pagination).toMatchObject({ totalItems: 5, totalPages: 3, hasNextPage: true });
    expect((await call("GET", "/conversations?page=99999&pageSize=100")).status).toBe(400);
  });

  test.each([
    "state=x",
    "severity=P9",
    "channel=widget",
    "sortBy=name",
    "pageSize=101",
    "page=0",
    "tags=",
    "search=",
  ])("refuses %s", async (query) => {
    expect((await call("GET", `/conversations?${query}`)).error.code).toBe("VALIDATION_ERROR");
  });
});

describe("who may", () => {
  const acts: [string, string, object | undefined][] = [
    ["GET", "", undefined],
    ["GET", "/events", undefined],
    ["GET", "/messages", undefined],
    ["PATCH", "", { tags: [] }],
    ["POST", "/messages", { content: "Hi" }],
    ["POST", "/assign", { agentId: newId() }],
    ["POST", "/transfer", { agentId: newId() }],
    ["POST", "/escalate", { reason: "Help" }],
    ["POST", "/resolve", {}],
    ["POST", "/reopen", {}],
    ["POST", "/split", { fromMessageId: newId() }],
  ];
  test.each(acts)("%s %s: nobody, strangers, the wrong role, and of nothing", async (method, path, body) => {
    const { id } = await opened();
    const on = (which: string, who: string) => call(method, `/conversations/${which}${path}`, body, who);
    expect((await on(id, "nobody")).status).toBe(401);
    const absent = await on(newId(), "ada");
    const foreign = await on(id, "eve");
    expect(foreign.status).toBe(404);
    expect([foreign.status, foreign.error.message]).toEqual([absent.status, absent.error.message]);
    expect([403, 404]).toContain((await on(id, "member")).status);
    expect((await on("x", "ada")).status).toBe(400);
  });
});
