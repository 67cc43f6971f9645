import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { restClient } from "../../../../../tests/harness/rest.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";
import { conversations, messages } from "../conversations/conversations.tables.ts";
import { customers } from "../customers/customers.tables.ts";

/** More than are looked up by a word or a tag, and than are passed over without a thought. */
const many = 3_110;

interface Kept {
  id: string;
  at: Date;
  status: "resolved" | "closed";
  tags: string[];
  text: string;
}

let server: TestServer;
let ada: TestUser;
let token: string;
let who: string;
let kept: Kept[];
const rest = restClient(() => server);

/** Conversations of one customer, three of each moment, every hundredth of a rare kind. */
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  token = (await rest.login(ada)).accessToken;
  who = newId();
  kept = Array.from({ length: many }, (_, n) => ({
    id: newId(),
    at: new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 3) * 60_000),
    status: n % 2 === 0 ? "resolved" : "closed",
    tags: n % 100 === 0 ? ["common", "rare"] : ["common"],
    text: n % 100 === 0 ? `An Otter and zebra ${n}` : `An otter ${n}`,
  }));
  const db = server.services.db.system();
  const { tenantId } = ada;
  const people = Array.from({ length: 1_250 }, (_, n) => ({ tenantId, id: newId(), name: `Person ${n}` }));
  await db.insert(customers).values([{ tenantId, id: who, name: "Cleo" }, ...people]);
  for (let from = 0; from < many; from += 1_000) {
    const some = kept.slice(from, from + 1_000);
    await db.insert(conversations).values(
      some.map(({ id, at, status, tags }) => ({
        ...{ tenantId, id, status, tags, customerId: who, channel: "email" as const },
        ...{ createdAt: at, lastMessageAt: at },
      })),
    );
    await db.insert(messages).values(
      some.map(({ id, at, text }) => ({
        ...{ tenantId, id: newId(), conversationId: id, sequence: 1, text, createdAt: at },
        ...{ author: "customer" as const, state: "complete" as const },
      })),
    );
  }
});
afterAll(() => server.close());

// biome-ignore lint/suspicious/noExplicitAny: what a program reads of JSON
type Said = any;

async function page(path: string): Promise<{ ids: string[]; pagination: Said }> {
  const { status, said } = await rest.call("GET", `/v1${path}`, undefined, token);
  expect(status, JSON.stringify(said).slice(0, 300)).toBe(200);
  const { data, pagination } = said as Said;
  return { ids: data.map(({ id }: Said) => id), pagination };
}

/** The latest first; of one moment the greatest id first. */
const latestFirst = (a: Kept, b: Kept) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);
const isRare = ({ tags }: Kept) => tags.includes("rare");
const all = () => true;
const isResolved = ({ status }: Kept) => status === "resolved";

describe("a long list of conversations", () => {
  test.each<[string, (row: Kept) => boolean, { isTotalExact?: false }]>([
    ["", all, {}],
    ["&tags=common", all, { isTotalExact: false }],
    ["&search=OTTER", all, { isTotalExact: false }],
    ["&search=otter an", all, { isTotalExact: false }],
    ["&search=otter&tags=common", all, { isTotalExact: false }],
    ["&search=otter&state=resolved", isResolved, { isTotalExact: false }],
    ["&search=otter&tags=rare", isRare, { isTotalExact: false }],
    ["&tags=common&state=resolved", isResolved, { isTotalExact: false }],
    ["&tags=common,rare", isRare, {}],
    ["&search=zebra", isRare, {}],
    ["&search=zebra otter", isRare, {}],
    ["&search=ott", () => false, {}],
    ["&search=otter&state=escalated", () => false, {}],
  ])("found by %s: the same rows on every page, and how many there are", async (query, meets, exactness) => {
    const rows = kept.filter(meets).toSorted(latestFirst);
    const last = Math.max(1, Math.ceil(rows.length / 20));
    for (const number of new Set([1, 2, 40, last])) {
      const found = await page(`/conversations?sortBy=last_message_at&page=${number}${query}`);
      const expected = rows.slice((number - 1) * 20, number * 20).map(({ id }) => id);
      expect(found.ids).toEqual(expected);
      const { totalItems, isTotalExact = true, hasNextPage } = found.pagination;
      if (isTotalExact) expect(totalItems).toBe(rows.length);
      expect(totalItems).toBeLessThanOrEqual(rows.length);
      if (number === 1) expect({ isTotalExact }).toEqual({ isTotalExact: true, ...exactness });
      if (number < last) expect(hasNextPage).toBe(true);
    }
  });

  test("is found by a beginning of a common word in the console as well, the latest first", async () => {
    const found = await ada.trpc.conversations.list.query({ view: "all", search: "an ott", limit: 10 });
    const expected = kept.toSorted(latestFirst).slice(0, 10);
    expect(found.items.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(found.items[0]?.hit).toContainEqual({ text: "otter", found: true });
  });
});

describe("who reads on", () => {
  test.each<[string, () => string]>([
    ["conversations", () => "/conversations?sortBy=last_message_at&"],
    ["a customer's conversations", () => `/customers/${who}/conversations?`],
    ["customers", () => "/customers?"],
    ["a customer's timeline", () => `/customers/${who}/timeline?`],
  ])("%s: meets each row once, though new ones come in front", async (_title, path) => {
    const seen: string[] = [];
    let first: Said;
    for (let number = 10; number <= 16; number++) {
      const { ids, pagination } = await page(`${path()}pageSize=100&page=${number}`);
      first ??= pagination;
      seen.push(...ids);
      if (number === 11) await addInFront();
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(first).not.toHaveProperty("isTotalExact");
    expect(seen.length).toBe(Math.min(first.totalItems, 1_600) - 900);
    expect(seen.length).toBeGreaterThan(300);
  });

  /** A customer, a conversation and its words, which are the latest of all. */
  async function addInFront(): Promise<void> {
    const { data } = (await rest.call("POST", "/v1/customers", { profile: { name: "New" } }, token))
      .said as Said;
    const opened = { customerId: data.id, channel: "email", initialMessage: { content: "Hello" } };
    expect((await rest.call("POST", "/v1/conversations", opened, token)).status).toBe(201);
  }
});
