import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitingConversation } from "../../../../../tests/harness/conversations.ts";
import { restClient } from "../../../../../tests/harness/rest.ts";
import { colleague, refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { resolutionStatuses } from "./resolution-state.ts";

let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let token: string;
const started = new Date("2026-01-15T10:00:00Z");
const { call, get, post, login } = restClient(() => server);
beforeAll(async () => {
  server = await startTestServer();
  ada = await server.signUp("Ada");
  bob = await colleague(server, ada, "agent");
  token = (await login(ada)).accessToken;
});
afterAll(() => server.close());

const work = { issueType: "technical", owningTeam: "engineering" } as const;
const opened = async (more: object = {}, row: object = {}) =>
  ada.trpc.resolutions.create.mutate({
    ...work,
    conversationId: await waitingConversation(server, ada, row),
    ...more,
  });
/** What the customer reads in the conversation. */
const told = async (conversationId: string) => {
  const { messages } = await ada.trpc.conversations.get.query({ id: conversationId });
  return messages.map(({ parts }) => parts.map((part) => ("text" in part ? part.text : "")).join(""));
};

describe("/v1/resolutions", () => {
  test("has seed 004's shapes from the start to the end", async () => {
    const conversationId = await waitingConversation(server, ada, { severity: "P1" });
    server.services.now = () => started;
    const made = await post(
      "/v1/resolutions",
      { conversationId, ...work, initialNotes: "Customer unable to login", createSwarm: true },
      token,
    );
    expect(made.status).toBe(201);
    const id: string = JSON.parse(JSON.stringify(made.said)).data.id;
    const at = `/v1/resolutions/${id}`;
    const change = { status: "investigating", ownerId: bob.userId, affectedSystems: ["auth-service"] };
    expect((await call("PATCH", at, change, token)).status).toBe(200);
    const eta = { expectedResolutionAt: "2026-01-16T18:00:00Z", windowHours: 24, reason: "More testing" };
    expect((await post(`${at}/update-eta`, eta, token)).status).toBe(200);
    const note = { content: "Deployed fix to staging", visibility: "internal", updateType: "note" };
    expect((await post(`${at}/add-update`, note, token)).said).toMatchObject({
      success: true,
      data: { updateType: "note", visibility: "internal", authorName: "Ada" },
    });
    const update = { templateId: "status_update", channel: "web_chat" };
    expect(await post(`${at}/send-customer-update`, update, token)).toMatchObject({
      status: 201,
      said: { data: { updateType: "status_update", channel: "web_chat", status: "sent" } },
    });
    const later = new Date("2026-01-15T14:30:00Z");
    server.services.now = () => later;
    expect((await get(at, token)).said).toMatchObject({
      success: true,
      data: {
        id,
        conversationId,
        conversation: { id: conversationId, customer: { profile: { name: "John Doe" } } },
        issueType: "technical",
        owningTeam: "engineering",
        owner: { id: bob.userId, displayName: "agent" },
        status: "investigating",
        priority: "P1",
        eta: {
          expectedResolutionAt: "2026-01-16T18:00:00.000Z",
          windowHours: 24,
          lastUpdatedAt: "2026-01-15T10:00:00.000Z",
        },
        sla: { startedAt: "2026-01-15T10:00:00.000Z", elapsedHours: 4.5, breached: false },
        affectedSystems: ["auth-service"],
        swarm: {
          slackChannelName: null,
          name: "incident-20260115-technical",
          participants: [{ displayName: "Ada", role: "lead" }],
        },
        updates: [
          { updateType: "note", content: "Customer unable to login", authorName: "Ada" },
          { updateType: "status_change", content: "open → investigating" },
          { updateType: "assignment", content: "agent" },
          { updateType: "eta_change", content: "2026-01-16T18:00:00.000Z: More testing" },
          { updateType: "note", content: "Deployed fix to staging" },
          { updateType: "customer_update", visibility: "customer" },
        ],
        etaHistory: [{ expectedResolutionAt: "2026-01-16T18:00:00.000Z", reason: "More testing" }],
        customerUpdates: [{ updateType: "status_update", sentAt: "2026-01-15T10:00:00.000Z" }],
      },
    });
    const end = {
      fixDescription: "Increased database pool size",
      rootCause: "Connection pool exhaustion",
      rootCauseCategory: "infrastructure",
      sendCustomerNotification: true,
    };
    expect((await post(`${at}/resolve`, end, token)).said).toMatchObject({
      data: { status: "resolved", rootCauseCategory: "infrastructure", resolvedAt: later.toISOString() },
    });
    server.services.now = () => new Date();
    expect(await told(conversationId)).toEqual([
      expect.stringContaining("January 16, 2026 at 18:00 UTC"),
      expect.stringContaining("has been solved"),
    ]);
    // whose the conversation is and its state are as they were
    expect(await ada.trpc.conversations.get.query({ id: conversationId })).toMatchObject({
      status: "awaiting_agent",
      assignee: null,
    });
    expect(await post(`${at}/resolve`, end, token)).toMatchObject({
      status: 409,
      said: { error: { details: [{ reason: "ILLEGAL_TRANSITION", from: "resolved", to: "resolved" }] } },
    });
    expect(await told(conversationId)).toHaveLength(2);
    await call("PATCH", at, { status: "closed" }, token);
    const { swarm } = await ada.trpc.resolutions.get.query({ resolutionId: id });
    expect(swarm?.status).toBe("closed");
  });

  test("are found by every filter of the seed's", async () => {
    const mine = await opened(
      { owningTeam: "finance", priority: "P0", ownerId: bob.userId },
      { slaBreached: true },
    );
    const other = await opened({ owningTeam: "finance", issueType: "billing", priority: "P3" });
    const found = async (query: string) => {
      const { said } = await get(`/v1/resolutions?owningTeam=finance&${query}`, token);
      return JSON.parse(JSON.stringify(said)).data.map(({ id }: { id: string }) => id);
    };
    const filters = [
      ["", [other.id, mine.id]],
      ["pageSize=1", [other.id]],
      ["pageSize=1&page=2", [mine.id]],
      ["status=open,closed", [other.id, mine.id]],
      ["status=closed", []],
      ["priority=P0&priority=P1", [mine.id]],
      ["issueType=billing", [other.id]],
      ["slaBreached=true", [mine.id]],
      ["slaBreached=false", [other.id]],
      [`ownerId=${bob.userId}`, [mine.id]],
      [`conversationId=${other.conversation.id}`, [other.id]],
    ] as const;
    for (const [query, ids] of filters) expect(await found(query), query).toEqual(ids);
    expect((await get("/v1/resolutions?status=solved", token)).status).toBe(400);
  });
});

describe("a resolution", () => {
  test("is one at a time for each conversation, also of two who open one at once", async () => {
    const conversationId = await waitingConversation(server, ada);
    const both = await Promise.allSettled(
      [ada, bob].map(({ trpc }) => trpc.resolutions.create.mutate({ ...work, conversationId })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const first = await ada.trpc.resolutions.ofConversation.query({ conversationId });
    expect(first).toMatchObject({ status: "open", priority: "P2" });
    await ada.trpc.resolutions.resolve.mutate({ resolutionId: first?.id ?? "" });
    const second = await ada.trpc.resolutions.create.mutate({ ...work, conversationId });
    expect((await ada.trpc.resolutions.ofConversation.query({ conversationId }))?.id).toBe(second.id);
  });

  test("that two save at once keeps one; the other is told, and nothing of theirs is written", async () => {
    const { id: resolutionId, version } = await opened();
    const both = await Promise.allSettled([
      ada.trpc.resolutions.update.mutate({ resolutionId, version, rootCause: "Ada's" }),
      bob.trpc.resolutions.update.mutate({ resolutionId, version, rootCause: "Bob's" }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const won = both[0]?.status === "fulfilled" ? "Ada's" : "Bob's";
    expect(await ada.trpc.resolutions.get.query({ resolutionId })).toMatchObject({
      rootCause: won,
      version: version + 1,
    });
    const late = ada.trpc.resolutions.updateEta.mutate({
      resolutionId,
      version,
      expectedResolutionAt: new Date("2026-02-01T00:00:00Z"),
    });
    expect(await refusal(late)).toBe("CONFLICT");
    expect((await ada.trpc.resolutions.get.query({ resolutionId })).etas).toEqual([]);
  });

  test("that may not become what it should says both states, and changes nothing else", async () => {
    const { id: resolutionId } = await opened();
    for (const status of resolutionStatuses.filter(
      (name) => name === "awaiting_verification" || name === "closed",
    )) {
      const wrong = { resolutionId, status, rootCause: "Unwritten" };
      expect(await refusal(ada.trpc.resolutions.update.mutate(wrong))).toBe("ILLEGAL_TRANSITION");
      expect(await refusalText(ada.trpc.resolutions.update.mutate(wrong))).toContain(
        `open cannot become ${status}`,
      );
    }
    const same = await ada.trpc.resolutions.update.mutate({ resolutionId, status: "open" });
    expect(same).toMatchObject({ rootCause: null, version: 1, updates: [] });
  });

  test("keeps each expectation, and an expectation that stays is none", async () => {
    const { id: resolutionId } = await opened();
    const expected = new Date("2026-03-01T12:00:00Z");
    const eta = { resolutionId, expectedResolutionAt: expected, windowHours: 4 };
    await ada.trpc.resolutions.updateEta.mutate(eta);
    await ada.trpc.resolutions.updateEta.mutate(eta);
    const withdrawn = await bob.trpc.resolutions.updateEta.mutate({
      resolutionId,
      expectedResolutionAt: null,
      reason: "No idea",
    });
    expect(withdrawn).toMatchObject({
      eta: null,
      version: 3,
      etas: [
        { expectedResolutionAt: expected.toISOString(), windowHours: 4, authorName: "Ada" },
        { expectedResolutionAt: null, windowHours: null, reason: "No idea" },
      ],
    });
  });
});

describe("what the customer is told", () => {
  test("is sent once however often it is tried, also by many at once", async () => {
    const { id: resolutionId, conversation } = await opened();
    const send = () =>
      ada.trpc.resolutions.sendCustomerUpdate.mutate({
        resolutionId,
        customContent: "We are on it.",
        clientId: "one",
      });
    const sent = await Promise.all([send(), send(), send(), send()]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(await send()).toEqual(sent[0]);
    expect(await told(conversation.id)).toEqual(["We are on it."]);
    const { customerUpdates, updates } = await ada.trpc.resolutions.get.query({ resolutionId });
    expect(customerUpdates).toHaveLength(1);
    expect(updates.filter(({ updateType }) => updateType === "customer_update")).toHaveLength(1);
  });

  test("goes out where a colleague has the conversation, and to a resolved one, which stays so", async () => {
    for (const row of [
      { status: "awaiting_customer", assigneeId: bob.userId },
      { status: "resolved", assigneeId: bob.userId },
    ] as const) {
      const { id: resolutionId, conversation } = await opened({}, row);
      await ada.trpc.resolutions.sendCustomerUpdate.mutate({ resolutionId, templateId: "delay" });
      expect(await ada.trpc.conversations.get.query({ id: conversation.id })).toMatchObject({
        status: row.status,
        assignee: { id: bob.userId },
      });
      expect(await told(conversation.id)).toEqual([expect.stringContaining("takes longer")]);
    }
  });

  test("is in the conversation's language", async () => {
    for (const [language, words] of [
      ["fr", "Le problème que vous"],
      ["ar", "حُلَّت المشكلة"],
      ["de", "The issue that you"],
    ] as const) {
      const { id: resolutionId, conversation } = await opened({}, { language });
      await ada.trpc.resolutions.sendCustomerUpdate.mutate({ resolutionId, templateId: "resolved" });
      expect(await told(conversation.id), language).toEqual([expect.stringContaining(words)]);
    }
  });

  test("a channel over which the conversation does not go is refused, and nothing is written", async () => {
    const { id: resolutionId, conversation } = await opened();
    const wrong = ada.trpc.resolutions.sendCustomerUpdate.mutate({
      resolutionId,
      customContent: "Hello",
      channel: "email",
    });
    expect(await refusalText(wrong)).toContain("told over widget");
    expect(await told(conversation.id)).toEqual([]);
    const line = { resolutionId, content: "Told in passing", visibility: "customer", clientId: "a" } as const;
    expect(await ada.trpc.resolutions.addUpdate.mutate(line)).toEqual(
      await ada.trpc.resolutions.addUpdate.mutate(line),
    );
    expect(await told(conversation.id)).toEqual(["Told in passing"]);
  });
});
