import { afterAll, beforeAll, expect, test } from "vitest";
import { openWidget } from "../../../../../tests/harness/chat.ts";
import { refusal } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";

/*
 * Whatever is merged into whatever, undoing it in whatever order it is allowed gives back what there was; and a visitor
 * reads their own conversations all the while, and nobody else's.
 */

let server: TestServer;
let ada: TestUser;
let widgetId = "";
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  const bot = await ada.trpc.bot.create.mutate({ name: "Helper" });
  widgetId = (await ada.trpc.widgetConfig.getByBotId.query({ botId: bot.id })).widgetId;
});
afterAll(() => server.close());

/** Numbers that look like chance and are the same in each run. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

let numbers = 0;
/** Four visitors who left an address, each with a conversation. */
async function population() {
  const visitors = [];
  for (let n = 0; n < 4; n++) {
    const visitor = await openWidget(server, widgetId);
    const { customerId } = await server.services.ports.visitorTokens.read(visitor.token);
    await ada.trpc.endUsers.update.mutate({
      customerId,
      name: n === 2 ? null : `Person ${n}`,
      company: n % 2 === 0 ? `Company ${n}` : null,
      tags: ["all", `tag-${n}`],
      metadata: { shared: n, [`own-${n}`]: true },
      identities: {
        emails: [`${customerId}@example.test`],
        phoneNumbers: n === 1 ? [] : [`+4930${100_000 + numbers++}`],
      },
    });
    visitors.push({ ...visitor, customerId });
  }
  return visitors;
}

type Visitors = Awaited<ReturnType<typeof population>>;

/** All that merging may touch, as colleagues see it. */
async function stateOf(visitors: Visitors) {
  return Promise.all(
    visitors.map(async ({ customerId }) => {
      const {
        version: _,
        updatedAt: __,
        stats,
        recentConversations,
        ...rest
      } = await ada.trpc.endUsers.get.query({ customerId });
      return { ...rest, stats, conversations: recentConversations.map(({ id }) => id).sort() };
    }),
  );
}

/** Which of the conversations each visitor's token opens. */
async function reach(visitors: Visitors) {
  return Promise.all(
    visitors.map(async ({ headers }) => {
      const answers = await Promise.all(
        visitors.map((other) =>
          fetch(`${server.url}/api/chat/${other.conversationId}/messages`, { headers }),
        ),
      );
      return answers.map(({ status }) => status);
    }),
  );
}

test.each([1, 42])("merges and their undoing give back what there was, seed %i", async (seed) => {
  const roll = dice(seed);
  const visitors = await population();
  const before = await stateOf(visitors);
  const reached = await reach(visitors);
  const ids = visitors.map(({ customerId }) => customerId);
  const pick = () => ids[roll(ids.length)] ?? "";
  const standing: { sourceCustomerId: string; targetCustomerId: string }[] = [];
  let made = 0;
  for (let turn = 0; turn < 14; turn++) {
    const merge = { sourceCustomerId: pick(), targetCustomerId: pick() };
    const undone = standing[roll(Math.max(1, standing.length))];
    if (roll(3) === 0 && undone) {
      try {
        await ada.trpc.endUsers.unmerge.mutate(undone);
        standing.splice(standing.indexOf(undone), 1);
      } catch (error) {
        expect(String(error)).toMatch(/Undo that merge first|was merged into another/);
      }
      continue;
    }
    const isGone = (id: string) => standing.some(({ sourceCustomerId }) => sourceCustomerId === id);
    const mayMerge =
      merge.sourceCustomerId !== merge.targetCustomerId &&
      !isGone(merge.sourceCustomerId) &&
      !isGone(merge.targetCustomerId);
    if (!mayMerge) {
      expect(["CONFLICT", "VALIDATION_ERROR"]).toContain(
        await refusal(ada.trpc.endUsers.merge.mutate(merge)),
      );
      continue;
    }
    await ada.trpc.endUsers.merge.mutate(merge);
    standing.push(merge);
    made += 1;
  }
  expect(made).toBeGreaterThan(2);
  expect(await reach(visitors)).toEqual(reached);
  for (const merge of standing.toReversed()) await ada.trpc.endUsers.unmerge.mutate(merge);
  expect(await stateOf(visitors)).toEqual(before);
  expect(await reach(visitors)).toEqual(reached);
});

test("what a merged visitor begins belongs to who they are, and goes back with them", async () => {
  const [one, two] = await population();
  if (!one || !two) throw new Error("There are too few visitors.");
  const merge = { sourceCustomerId: one.customerId, targetCustomerId: two.customerId };
  const [before] = await stateOf([one]);
  const merged = await ada.trpc.endUsers.merge.mutate(merge);
  expect(merged).toMatchObject({
    stats: { totalConversations: 2 },
    merged: [{ customerId: one.customerId }],
  });
  const listed = await ada.trpc.endUsers.list.query({ search: `${one.customerId}@` });
  expect(listed.items.map(({ id }) => id)).toEqual([two.customerId]);
  expect(await refusal(ada.trpc.endUsers.update.mutate({ customerId: one.customerId, name: "No" }))).toBe(
    "CONFLICT",
  );

  await ada.trpc.conversations.takeOver.mutate({ id: one.conversationId });
  await ada.trpc.conversations.resolve.mutate({ id: one.conversationId });
  const again = await openWidget(server, widgetId, { token: one.token });
  expect(again.conversationId).not.toBe(one.conversationId);
  expect((await ada.trpc.endUsers.get.query({ customerId: two.customerId })).stats.totalConversations).toBe(
    3,
  );

  await ada.trpc.endUsers.update.mutate({ customerId: two.customerId, company: "Changed since" });
  const parted = await ada.trpc.endUsers.unmerge.mutate(merge);
  expect(parted.recentConversations.map(({ id }) => id).sort()).toEqual(
    [one.conversationId, again.conversationId].sort(),
  );
  expect(parted.identities).toEqual(before?.identities);
  expect(await ada.trpc.endUsers.get.query({ customerId: two.customerId })).toMatchObject({
    company: "Changed since",
    stats: { totalConversations: 1 },
    merged: [],
  });
  const { items } = await ada.trpc.endUsers.activity.query({ customerId: two.customerId });
  expect(items.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["merge", "unmerge", "identity", "created"]),
  );
  expect(await refusal(ada.trpc.endUsers.unmerge.mutate(merge))).toBe("NOT_FOUND");
});

test("of two merges of one customer at once one is made", async () => {
  const [one, two, three] = await population();
  if (!one || !two || !three) throw new Error("There are too few visitors.");
  const outcomes = await Promise.allSettled(
    [two, three].map(({ customerId }) =>
      ada.trpc.endUsers.merge.mutate({ sourceCustomerId: one.customerId, targetCustomerId: customerId }),
    ),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});
