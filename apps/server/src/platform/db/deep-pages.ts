import { createHash } from "node:crypto";
import { AppError } from "../errors/index.ts";

/** Rows that are passed over to reach a page whose beginning nobody remembers. */
const deepest = 50_000;
/** Up to so many are passed over without a thought: then a page is what it is now, whoever read the one before. */
const cheap = 1_000;
/** Page ends, or lists, that one process remembers of one kind of list, the latest used. */
const remembered = 5_000;
/** Up to so many rows are counted; a list that is longer says this number, and is still read on page by page. */
export const countedUpTo = 10_000;

export interface PageNumber {
  page: number;
  pageSize: number;
}

/** Where a page begins: after a row that is known, or behind so many rows. */
export interface PageStart<End> {
  after: End | null;
  offset: number;
  limit: number;
}

/**
 * Pages by number over a list that is read by key. The page after one that was read here begins by its last row's key, so
 * that reading on costs the same on every page of a million, and a list that changed meanwhile goes on after the row that
 * its reader saw last. Without that the rows are counted off along the index, and at most `deepest` of them.
 */
export class DeepPages<End> {
  readonly #ends = new Map<string, End>();

  /** `list`: all that makes it this list and no other, its reader among it, as JSON can say it. */
  async read<Row>(
    list: readonly unknown[],
    { page, pageSize }: PageNumber,
    rows: (start: PageStart<End>) => Promise<Row[]>,
    endOf: (last: Row) => End,
  ): Promise<Row[]> {
    const name = nameOf([...list, pageSize]);
    const begins = (page - 1) * pageSize;
    const after = begins > cheap ? (this.#ends.get(`${name}/${page - 1}`) ?? null) : null;
    const offset = after === null ? begins : 0;
    if (offset > deepest) {
      throw new AppError(
        "VALIDATION_ERROR",
        `Page ${page} is too deep to be jumped to. Read on page by page, or narrow the filters; the first ${Math.floor(deepest / pageSize) + 1} pages can be opened at once.`,
      );
    }
    const found = await rows({ after, offset, limit: pageSize });
    const last = found.at(-1);
    if (last !== undefined && found.length === pageSize) {
      keepLatest(this.#ends, `${name}/${page}`, endOf(last));
    }
    return found;
  }
}

/** For so many milliseconds a list that was longer than is counted is taken to be so still. */
const longFor = 60_000;

/**
 * Lists that were found to be longer than is counted. Counting ten thousand rows costs more than all else that a page
 * needs, and the answer, that there are at least so many, hardly changes: it is asked for again after a minute.
 */
export class LongLists {
  readonly #until = new Map<string, number>();

  /** `list` as of `DeepPages`, without an order. */
  has(list: readonly unknown[], now: Date): boolean {
    return (this.#until.get(nameOf(list)) ?? 0) > now.getTime();
  }

  add(list: readonly unknown[], now: Date): void {
    keepLatest(this.#until, nameOf(list), now.getTime() + longFor);
  }
}

function nameOf(list: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(list)).digest("base64");
}

function keepLatest<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > remembered && oldest !== undefined) kept.delete(oldest);
}

/**
 * How many rows a list has, told by a page of it: a page that is not full ends the list, so that nothing is counted.
 * Where `count` is only the least that there are, or as many as are counted at all, a full page promises another one.
 */
export async function totalOf(
  { page, pageSize }: PageNumber,
  onPage: number,
  count: () => Promise<{ n: number; isLeast?: boolean }>,
): Promise<{ total: number; isTotalExact: boolean }> {
  const end = (page - 1) * pageSize + onPage;
  if (onPage < pageSize && (onPage > 0 || page === 1)) return { total: end, isTotalExact: true };
  const { n, isLeast = false } = await count();
  if (!isLeast && n < countedUpTo) return { total: onPage > 0 ? Math.max(n, end) : n, isTotalExact: true };
  return { total: onPage > 0 ? Math.max(n, end + 1) : n, isTotalExact: false };
}
