import type { BotDocument } from "../../../lib/models.ts";

export const statusFilters = ["all", "ready", "working", "failed", "stale"] as const;

export interface DocumentFilter {
  /** Part of a name or an address. */
  text: string;
  status: (typeof statusFilters)[number];
  /** A source's id; "own": what no source brought. */
  source: string;
}

export const noFilter: DocumentFilter = { text: "", status: "all", source: "all" };

/** Documents on one page of the list. */
export const pageSize = 50;

export function isFiltered(filter: DocumentFilter): boolean {
  return filter.text.trim() !== "" || filter.status !== "all" || filter.source !== "all";
}

/** Whether nobody renewed it for so many days. What is not ready to be searched cannot be out of date. */
export function isStale(
  { status, refreshedAt }: BotDocument,
  afterDays: number | null,
  now = Date.now(),
): boolean {
  if (afterDays === null || status !== "PROCESSED") return false;
  return Date.parse(refreshedAt) < now - afterDays * 86_400_000;
}

/** `staleAfter`: days, or null while they are not known. */
export function filterDocuments(
  documents: readonly BotDocument[],
  filter: DocumentFilter,
  staleAfter: number | null = null,
): BotDocument[] {
  const text = filter.text.trim().toLocaleLowerCase();
  return documents.filter(
    (document) =>
      (text === "" ||
        document.fileName.toLocaleLowerCase().includes(text) ||
        document.url?.toLocaleLowerCase().includes(text)) &&
      (filter.status === "all" ||
        (filter.status === "stale" ? isStale(document, staleAfter) : filter.status === statusOf(document))) &&
      (filter.source === "all" || filter.source === (document.sourceId ?? "own")),
  );
}

function statusOf({ status }: BotDocument): DocumentFilter["status"] {
  if (status === "PROCESSED") return "ready";
  return status === "FAILED" ? "failed" : "working";
}

/** The page of a list, held within it: a list may have become shorter. */
export function pageOf<Item>(items: readonly Item[], page: number) {
  const pages = Math.max(1, Math.ceil(items.length / pageSize));
  const current = Math.min(Math.max(1, page), pages);
  const from = (current - 1) * pageSize;
  return { page: current, pages, items: items.slice(from, from + pageSize) };
}
