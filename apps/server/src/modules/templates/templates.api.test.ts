import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { play, refusalText, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await startTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const shop = "1b74e6f9-0a2c-4d85-b3e6-92f4c7d1508a";

describe("template.list and template.byId", () => {
  const calls: { title: string; call: Scenario["call"]; refused?: string }[] = [
    { title: "the list", call: (t) => t.template.list.query() },
    { title: "page 1", call: (t) => t.template.list.query({ page: 1 }) },
    { title: "page 0", call: (t) => t.template.list.query({ page: 0 }), refused: "VALIDATION_ERROR" },
    { title: "page 1.5", call: (t) => t.template.list.query({ page: 1.5 }), refused: "VALIDATION_ERROR" },
    { title: "a page beyond the last", call: (t) => t.template.list.query({ page: 9_000_000 }) },
    { title: "0 a page", call: (t) => t.template.list.query({ pageSize: 0 }), refused: "VALIDATION_ERROR" },
    { title: "1 a page", call: (t) => t.template.list.query({ pageSize: 1 }) },
    { title: "100 a page", call: (t) => t.template.list.query({ pageSize: 100 }) },
    {
      title: "101 a page",
      call: (t) => t.template.list.query({ pageSize: 101 }),
      refused: "VALIDATION_ERROR",
    },
    { title: "a search of 100", call: (t) => t.template.list.query({ search: "a".repeat(100) }) },
    {
      title: "a search of 101",
      call: (t) => t.template.list.query({ search: "a".repeat(101) }),
      refused: "VALIDATION_ERROR",
    },
    { title: "a hostile search", call: (t) => t.template.list.query({ search: "%' or 1=1 -- <b>😀" }) },
    ...(["name", "newest", "category"] as const).map((sort) => ({
      title: `by ${sort}`,
      call: ((t) => t.template.list.query({ sort, direction: "desc" })) satisfies Scenario["call"],
    })),
    {
      title: "by what it has not",
      // @ts-expect-error: no such order
      call: (t) => t.template.list.query({ sort: "price" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "of a category that it has not",
      // @ts-expect-error: no such category
      call: (t) => t.template.list.query({ category: "sport" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "in a language that it has not",
      // @ts-expect-error: no such language
      call: (t) => t.template.list.query({ locale: "de" }),
      refused: "VALIDATION_ERROR",
    },
    { title: "one", call: (t) => t.template.byId.query({ id: shop }) },
    {
      title: "one by no id",
      call: (t) => t.template.byId.query({ id: "shop" }),
      refused: "VALIDATION_ERROR",
    },
  ];
  describe.each(["a guest", "a member"])("for %s", (who) => {
    const as = () => (who === "a guest" ? server.guest : ada.trpc);
    test.each(calls)("$title: $refused", (scenario) => play({ as, ...scenario }));
  });

  test("an unknown one is null", async () => {
    expect(await server.guest.template.byId.query({ id: newId() })).toBeNull();
  });

  test("are in the shape of the seed, in pages, and in the language that is asked for", async () => {
    const page = await server.guest.template.list.query({ pageSize: 4, page: 2 });
    expect(page.meta).toEqual({
      totalItems: 6,
      itemCount: 2,
      itemsPerPage: 4,
      totalPages: 2,
      currentPage: 2,
    });
    expect(page.links.next).toBeNull();
    const previous = new URL(page.links.previous ?? "", server.url);
    expect(JSON.parse(previous.searchParams.get("input") ?? "")).toMatchObject({ page: 1, pageSize: 4 });
    expect(page.items.map(({ name }) => name)).toEqual(["Online shop", "Product documentation"]);
    const french = await server.guest.template.byId.query({ id: shop, locale: "fr" });
    expect(french).toMatchObject({ id: shop, name: "Boutique en ligne", category: "customers" });
    expect(french?.defaultRagConfig).toEqual(page.items[0]?.defaultRagConfig);
  });

  test("the picture is served from here, as a picture", async () => {
    const template = await server.guest.template.byId.query({ id: shop });
    const response = await fetch(new URL(template?.iconUrl ?? "", server.url));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
    expect(await response.text()).toMatch(/^<svg /);
    expect((await fetch(`${server.url}/api/templates/${newId()}/icon.svg`)).status).toBe(404);
    expect((await fetch(`${server.url}/api/templates/shop/icon.svg`)).status).toBe(400);
  });
});

test("a loop of one address is slowed down", async () => {
  const alone = await startTestServer({ RATE_LIMIT_SCALE: "0.01" }); // 3 of the 300
  try {
    for (let n = 0; n < 3; n++) await alone.guest.template.list.query();
    expect(await refusalText(alone.guest.template.list.query())).toMatch(
      /^Too many requests\. Try again in \d+ seconds\.$/,
    );
  } finally {
    await alone.close();
  }
});
