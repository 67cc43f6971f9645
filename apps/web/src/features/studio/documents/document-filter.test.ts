import { describe, expect, test } from "vitest";
import type { BotDocument } from "../../../lib/models.ts";
import { filterDocuments, isFiltered, noFilter, pageOf } from "./document-filter.ts";

function document(fileName: string, more: Partial<BotDocument> = {}): BotDocument {
  return {
    id: fileName,
    botId: "bot",
    fileName,
    sourceType: "FILE_UPLOAD",
    sourceId: null,
    url: null,
    fileType: null,
    fileSize: null,
    status: "PROCESSED",
    stage: null,
    progress: 100,
    errorCode: null,
    errorMessage: null,
    chunkCount: 1,
    processedAt: null,
    refreshedAt: "2024-01-01T00:00:00.000Z",
    uploadedAt: "2024-01-01T00:00:00.000Z",
    updatedAt: "2024-01-01T00:00:00.000Z",
    ...more,
  };
}
const all = [
  document("Prices.csv"),
  document("Help", { sourceId: "site", url: "https://e.example/Help/prices", status: "FAILED" }),
  document("مساعدة", { status: "PROCESSING" }),
];
const names = (filter: Partial<typeof noFilter>) =>
  filterDocuments(all, { ...noFilter, ...filter }).map(({ fileName }) => fileName);

describe("a filter lets through", () => {
  test.each([
    [{}, ["Prices.csv", "Help", "مساعدة"]],
    [{ text: " PRICES " }, ["Prices.csv", "Help"]],
    [{ text: "مساعد" }, ["مساعدة"]],
    [{ status: "ready" as const }, ["Prices.csv"]],
    [{ status: "working" as const }, ["مساعدة"]],
    [{ status: "failed" as const }, ["Help"]],
    [{ source: "own" }, ["Prices.csv", "مساعدة"]],
    [{ source: "site", status: "ready" as const }, []],
  ])("%o: %o", (filter, expected) => expect(names(filter)).toEqual(expected));

  test("stale ones by their age, of those that are ready", () => {
    const young = document("Young", { refreshedAt: new Date().toISOString() });
    const stale = filterDocuments([...all, young], { ...noFilter, status: "stale" }, 180);
    expect(stale.map(({ fileName }) => fileName)).toEqual(["Prices.csv"]);
    expect(filterDocuments(all, { ...noFilter, status: "stale" }, null)).toEqual([]);
  });

  test("says whether it narrows", () => {
    expect(isFiltered(noFilter)).toBe(false);
    expect(isFiltered({ ...noFilter, text: "  " })).toBe(false);
    expect(isFiltered({ ...noFilter, source: "own" })).toBe(true);
  });
});

test("a page stays within its list, also when that became shorter", () => {
  const items = Array.from({ length: 2000 }, (_, n) => n);
  expect(pageOf(items, 40)).toMatchObject({ page: 40, pages: 40, items: { length: 50 } });
  expect(pageOf(items.slice(0, 51), 40)).toMatchObject({ page: 2, pages: 2, items: [50] });
  expect(pageOf([], 3)).toEqual({ page: 1, pages: 1, items: [] });
});
