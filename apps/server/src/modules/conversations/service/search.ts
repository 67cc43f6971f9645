import { createHash } from "node:crypto";
import { idOfActor, inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, can } from "../../identity/index.ts";
import type { ConversationFilter } from "../conversations.filter.ts";
import * as search from "../search.queries.ts";

/** Rows that are passed over to reach a page whose beginning nobody remembers. */
const deepest = 50_000;
/** Up to so many are passed over without a thought: then a page is what it is now, whoever read the one before. */
const cheap = 1_000;
/** Page ends that one process remembers, the latest used. */
const remembered = 5_000;

/**
 * Where deep pages ended, by reader, list and page number: the page after one that was read here begins by its key, so
 * that reading on costs the same on every page of a million. Without it the ids are counted off along the index, which
 * holds all that is read of them, and at most `deepest` of them. A list that changed meanwhile goes on after the row
 * that its reader saw last.
 */
const ends = new Map<string, search.Boundary>();

type Search = { filter: ConversationFilter } & search.Page;

/** A page of the tenant's conversations with how many there are (up to `countedUpTo`), for whoever reads them. */
export async function searchConversations(ctx: Ctx, input: Search) {
  assertCan(ctx.actor, "read conversations");
  return searchSessions(ctx, input);
}

/** The same of what the caller may see: those who do not read conversations have what they opened themselves. */
export async function searchSessions(ctx: Ctx, input: Search) {
  if (!can(ctx.actor, "read conversations")) assertCan(ctx.actor, "ask bots");
  return inTx(ctx, async (ctx) => {
    const where = await search.conditionOf(ctx, input.filter);
    const ids = await idsOf(ctx, where, input);
    const total = await search.countUpTo(ctx, where, input.sortBy);
    const begins = (input.page - 1) * input.pageSize;
    return {
      items: await search.describeAll(
        ctx,
        ids.map(({ id }) => id),
      ),
      // beyond what is counted there is at least this page, and another one where it is full
      total: Math.max(
        total,
        ids.length === 0
          ? 0
          : begins + ids.length + (ids.length === input.pageSize && total === search.countedUpTo ? 1 : 0),
      ),
    };
  });
}

async function idsOf(
  ctx: TxCtx,
  where: Awaited<ReturnType<typeof search.conditionOf>>,
  input: Search,
): Promise<search.Boundary[]> {
  const { page, pageSize, sortBy, sortOrder } = input;
  const list = createHash("sha256")
    .update(JSON.stringify([ctx.tenantId, idOfActor(ctx.actor), input.filter, pageSize, sortBy, sortOrder]))
    .digest("base64");
  const begins = (page - 1) * pageSize;
  const after = begins > cheap ? (ends.get(`${list}/${page - 1}`) ?? null) : null;
  const offset = after ? 0 : begins;
  if (offset > deepest) {
    throw new AppError(
      "VALIDATION_ERROR",
      `Page ${page} is too deep to be jumped to. Read on page by page, or narrow the filters; the first ${Math.floor(deepest / pageSize) + 1} pages can be opened at once.`,
    );
  }
  const ids = await search.pageOfIds(ctx, where, input, { after, offset, limit: pageSize });
  const last = ids.at(-1);
  if (last && ids.length === pageSize) remember(`${list}/${page}`, last);
  return ids;
}

function remember(key: string, end: search.Boundary): void {
  ends.delete(key);
  ends.set(key, end);
  const [oldest] = ends.keys();
  if (ends.size > remembered && oldest !== undefined) ends.delete(oldest);
}
