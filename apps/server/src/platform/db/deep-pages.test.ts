import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countedUpTo, DeepPages, LongLists, totalOf } from "./deep-pages.ts";

/** A list of numbers, the greatest first, as a database reads it. */
const reader =
  (rows: readonly number[]) =>
  async ({ after, offset, limit }: { after: number | null; offset: number; limit: number }) =>
    rows
      .toSorted((a, b) => b - a)
      .filter((row) => after === null || row < after)
      .slice(offset, offset + limit);

describe("deep pages", () => {
  test("give each row once that stayed, whatever comes and goes meanwhile", async () => {
    const change = fc.record({ add: fc.nat(9_999), take: fc.nat(9_999) });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 20, max: 100 }),
        fc.array(change, { maxLength: 60 }),
        async (pageSize, changes) => {
          const pages = new DeepPages<number>();
          const first = Math.ceil(1_000 / pageSize) + 2; // from here on a page is found by the one before
          let rows = Array.from({ length: 2_500 }, (_, n) => n * 4);
          const read = (page: number) => pages.read(["list"], { page, pageSize }, reader(rows), (row) => row);
          const before = await read(first - 1);
          const start = before.at(-1) ?? 0;
          const seen: number[] = [];
          const stayed = new Set(rows.filter((row) => row < start));
          for (let page = first; ; page++) {
            const found = await read(page);
            seen.push(...found);
            if (found.length < pageSize) break;
            const { add, take } = changes[page - first] ?? { add: 0, take: 1 };
            stayed.delete(take);
            rows = [...new Set([...rows.filter((row) => row !== take), add])];
          }
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen.every((row, at) => at === 0 || row < (seen[at - 1] ?? 0))).toBe(true);
          expect([...stayed].filter((row) => !seen.includes(row))).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("are jumped to by what is passed over, up to a limit, and by another list's reading never", async () => {
    const pages = new DeepPages<number>();
    const starts: unknown[] = [];
    const read = (list: string, page: number) =>
      pages.read(
        [list],
        { page, pageSize: 100 },
        async (start) => {
          starts.push(start);
          return Array.from({ length: 100 }, (_, n) => n);
        },
        () => 7,
      );
    await read("mine", 501);
    await read("mine", 502);
    await expect(read("yours", 502)).rejects.toThrow(/Page 502 is too deep.*first 501 pages/s);
    expect(starts).toEqual([
      { after: null, offset: 50_000, limit: 100 },
      { after: 7, offset: 0, limit: 100 },
    ]);
  });
});

describe("the total", () => {
  test.each([
    ["of a page that is not full", { page: 3, onPage: 5 }, { n: 999 }, { total: 45, isTotalExact: true }],
    ["of nothing", { page: 1, onPage: 0 }, { n: 999 }, { total: 0, isTotalExact: true }],
    ["behind the end", { page: 9, onPage: 0 }, { n: 45 }, { total: 45, isTotalExact: true }],
    ["of a full page", { page: 1, onPage: 20 }, { n: 45 }, { total: 45, isTotalExact: true }],
    [
      "of very many",
      { page: 1, onPage: 20 },
      { n: countedUpTo },
      { total: countedUpTo, isTotalExact: false },
    ],
    [
      "where only some are known",
      { page: 1, onPage: 20 },
      { n: 30, isLeast: true },
      { total: 30, isTotalExact: false },
    ],
    [
      "on a page beyond those",
      { page: 2, onPage: 20 },
      { n: 30, isLeast: true },
      { total: 41, isTotalExact: false },
    ],
  ])("%s", async (_title, { page, onPage }, counted, told) => {
    expect(await totalOf({ page, pageSize: 20 }, onPage, async () => counted)).toEqual(told);
  });
});

test("a long list is known as such for a minute, and no other one is", () => {
  const lists = new LongLists();
  const now = new Date();
  const in60s = new Date(now.getTime() + 60_000);
  lists.add(["tenant", { status: ["new"] }], now);
  expect(lists.has(["tenant", { status: ["new"] }], new Date(in60s.getTime() - 1))).toBe(true);
  expect(lists.has(["tenant", { status: ["new"] }], in60s)).toBe(false);
  expect(lists.has(["other", { status: ["new"] }], now)).toBe(false);
});
