import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitingConversation } from "../../../../../tests/harness/conversations.ts";
import {
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
let agent: TestUser;
let ids: Ids;
const people = new Map<string, TrpcClient>();

interface Ids {
  conversation: string;
  resolution: string;
  swarm: string;
}
const none = (): Ids => ({ conversation: newId(), resolution: newId(), swarm: newId() });

beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  agent = await colleague(server, ada, "agent");
  people.set("guest", server.guest).set("owner", ada.trpc).set("agent", agent.trpc);
  for (const role of ["contentEditor", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  const conversation = await waitingConversation(server, ada);
  const resolution = await ada.trpc.resolutions.create.mutate({
    conversationId: conversation,
    issueType: "technical",
    owningTeam: "engineering",
    createSwarm: true,
  });
  ids = { conversation, resolution: resolution.id, swarm: resolution.swarm?.id ?? "" };
});
afterAll(() => server.close());

const as = (who: string) => () => {
  const trpc = people.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};
type Call = Scenario["call"];

/** What each procedure asks of its caller. `once` where it cannot be done twice. */
const procedures: { name: string; call: (ids: Ids) => Call; once?: true; ofNothing?: true }[] = [
  { name: "resolutions.list", call: () => (t) => t.resolutions.list.query(), ofNothing: true },
  { name: "resolutions.counts", call: () => (t) => t.resolutions.counts.query(), ofNothing: true },
  {
    name: "resolutions.get",
    call: (of) => (t) => t.resolutions.get.query({ resolutionId: of.resolution }),
  },
  {
    name: "resolutions.ofConversation",
    call: (of) => (t) => t.resolutions.ofConversation.query({ conversationId: of.conversation }),
  },
  {
    name: "resolutions.create",
    once: true,
    call: (of) => (t) =>
      t.resolutions.create.mutate({
        conversationId: of.conversation,
        issueType: "technical",
        owningTeam: "engineering",
      }),
  },
  {
    name: "resolutions.update",
    call: (of) => (t) => t.resolutions.update.mutate({ resolutionId: of.resolution, rootCause: newId() }),
  },
  {
    name: "resolutions.updateEta",
    call: (of) => (t) =>
      t.resolutions.updateEta.mutate({
        resolutionId: of.resolution,
        expectedResolutionAt: "2030-01-01T00:00:00Z",
      }),
  },
  {
    name: "resolutions.addUpdate",
    call: (of) => (t) => t.resolutions.addUpdate.mutate({ resolutionId: of.resolution, content: "Seen" }),
  },
  {
    name: "resolutions.sendCustomerUpdate",
    call: (of) => (t) =>
      t.resolutions.sendCustomerUpdate.mutate({ resolutionId: of.resolution, templateId: "status_update" }),
  },
  { name: "swarms.list", call: () => (t) => t.swarms.list.query(), ofNothing: true },
  { name: "swarms.get", call: (of) => (t) => t.swarms.get.query({ swarmId: of.swarm }) },
  { name: "swarms.messages", call: (of) => (t) => t.swarms.messages.query({ swarmId: of.swarm }) },
  {
    name: "swarms.sendMessage",
    call: (of) => (t) => t.swarms.sendMessage.mutate({ swarmId: of.swarm, content: "Hello" }),
  },
  {
    name: "swarms.addParticipant",
    call: (of) => (t) => t.swarms.addParticipant.mutate({ swarmId: of.swarm, userId: agent.userId }),
  },
  {
    name: "swarms.create",
    once: true,
    call: (of) => (t) => t.swarms.create.mutate({ resolutionId: of.resolution }),
  },
  { name: "swarms.mirror", once: true, call: (of) => (t) => t.swarms.mirror.mutate({ swarmId: of.swarm }) },
  { name: "swarms.close", once: true, call: (of) => (t) => t.swarms.close.mutate({ swarmId: of.swarm }) },
  {
    name: "resolutions.resolve",
    once: true,
    call: (of) => (t) => t.resolutions.resolve.mutate({ resolutionId: of.resolution }),
  },
];

describe.each(procedures)("$name", ({ call, once, ofNothing }) => {
  const own: Call = (trpc) => call(ids)(trpc);
  const scenarios: Scenario[] = [
    { title: "a guest", as: as("guest"), call: own, refused: "UNAUTHORIZED" },
    { title: "a member", as: as("member"), call: own, refused: "FORBIDDEN" },
    { title: "a content editor", as: as("contentEditor"), call: own, refused: "FORBIDDEN" },
    ...(once ? [] : ["agent", "owner"]).map((who) => ({ title: `the ${who}`, as: as(who), call: own })),
  ];
  test.each(scenarios)("by $title: $refused", play);

  test.skipIf(ofNothing)("of another tenant, or of nothing, is not found, in the same words", async () => {
    expect(await refusal(own(eve.trpc))).toBe("NOT_FOUND");
    expect(await refusalText(own(eve.trpc))).toBe(await refusalText(call(none())(ada.trpc)));
  });
});

const text = (length: number) => "a".repeat(length);
const resolution = () => ({ resolutionId: ids.resolution });
/** Each bound, at it and beyond it. */
const bounds: { title: string; call: Call; refused?: string }[] = [
  ...[1, 60, 0, 61].map((length) => ({
    title: `a team's name of ${length}`,
    call: ((t) => t.resolutions.update.mutate({ ...resolution(), owningTeam: text(length) })) satisfies Call,
    ...(length === 0 || length > 60 ? { refused: "VALIDATION_ERROR" } : {}),
  })),
  ...[1, 8_000, 0, 8_001].map((length) => ({
    title: `a note of ${length}`,
    call: ((t) => t.resolutions.addUpdate.mutate({ ...resolution(), content: text(length) })) satisfies Call,
    ...(length === 0 || length > 8_000 ? { refused: "VALIDATION_ERROR" } : {}),
  })),
  ...[0, 720, -1, 721, 1.5].map((windowHours) => ({
    title: `a window of ${windowHours} hours`,
    call: ((t) =>
      t.resolutions.updateEta.mutate({
        ...resolution(),
        expectedResolutionAt: "2030-01-01T00:00:00Z",
        windowHours,
      })) satisfies Call,
    ...(Number.isInteger(windowHours) && windowHours >= 0 && windowHours <= 720
      ? {}
      : { refused: "VALIDATION_ERROR" }),
  })),
  ...["1999-12-31T00:00:00Z", "2101-01-01T00:00:00Z", "tomorrow", 5].map((expectedResolutionAt) => ({
    title: `expected ${expectedResolutionAt}`,
    call: ((t) => t.resolutions.updateEta.mutate({ ...resolution(), expectedResolutionAt })) satisfies Call,
    refused: "VALIDATION_ERROR",
  })),
  {
    title: "an update without words",
    call: (t) => t.resolutions.sendCustomerUpdate.mutate(resolution()),
    refused: "VALIDATION_ERROR",
  },
  {
    title: "an owner of another tenant",
    call: (t) => t.resolutions.update.mutate({ ...resolution(), ownerId: eve.userId }),
    refused: "NOT_FOUND",
  },
  {
    title: "a lead of another tenant",
    call: (t) => t.swarms.addParticipant.mutate({ swarmId: ids.swarm, userId: eve.userId, role: "lead" }),
    refused: "NOT_FOUND",
  },
  {
    title: "a second swarm at once",
    call: (t) => t.swarms.create.mutate({ resolutionId: ids.resolution }),
    refused: "CONFLICT",
  },
  {
    title: "another resolution while one is unfinished",
    call: (t) =>
      t.resolutions.create.mutate({ conversationId: ids.conversation, issueType: "a", owningTeam: "b" }),
    refused: "CONFLICT",
  },
];
test.each(bounds)("$title: $refused", ({ call, refused }) =>
  play({ as: as("owner"), call, ...(refused ? { refused } : {}) }),
);

describe("a swarm", () => {
  test("holds its talk in order and once, by pages, until it is closed", async () => {
    const { id: resolutionId } = await ada.trpc.resolutions.create.mutate({
      conversationId: await waitingConversation(server, ada),
      issueType: "Zahlung / 支払い",
      owningTeam: "finance",
    });
    const swarm = await ada.trpc.swarms.create.mutate({
      resolutionId,
      channelPrefix: "Incident",
      initialParticipants: [ada.userId, ada.userId],
    });
    expect(swarm.name).toMatch(/^incident-\d{8}-zahlung-支払い$/);
    const say = (content: string) =>
      agent.trpc.swarms.sendMessage.mutate({ swarmId: swarm.id, content, clientId: content });
    for (const content of ["one", "two", "two", "three"]) await say(content);
    const read = await ada.trpc.swarms.get.query({ swarmId: swarm.id });
    expect(read.messages.map((message) => message.text)).toEqual(["one", "two", "three"]);
    expect(read.participants.map(({ id, role }) => [id, role])).toEqual([
      [ada.userId, "lead"],
      [agent.userId, "member"],
    ]);
    const last = read.messages.at(-1)?.id;
    const earlier = await ada.trpc.swarms.messages.query({
      swarmId: swarm.id,
      limit: 1,
      ...(last ? { before: last } : {}),
    });
    expect(earlier).toMatchObject({ messages: [{ text: "two" }], hasOlder: true });

    const led = await ada.trpc.swarms.addParticipant.mutate({
      swarmId: swarm.id,
      userId: agent.userId,
      role: "lead",
    });
    expect(led).toMatchObject({ lead: { id: agent.userId } });
    expect(led.participants.filter(({ role }) => role === "lead")).toHaveLength(1);

    await ada.trpc.swarms.close.mutate({ swarmId: swarm.id });
    expect(await say("two")).toMatchObject({ text: "two" }); // sent before: a retry is no new message
    expect(await refusal(say("four"))).toBe("CONFLICT");
    expect(await refusal(ada.trpc.swarms.close.mutate({ swarmId: swarm.id }))).toBe("ILLEGAL_TRANSITION");
    expect((await ada.trpc.swarms.list.query()).items.map(({ id }) => id)).not.toContain(swarm.id);
    expect((await ada.trpc.swarms.list.query({ status: "closed" })).items.map(({ id }) => id)).toEqual([
      swarm.id,
    ]);
  });
});
