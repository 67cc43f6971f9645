import { idOfActor, inTx } from "../../../platform/ctx/index.ts";
import { countedUpTo, DeepPages, LongLists, type PageNumber, totalOf } from "../../../platform/db/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan, can } from "../../identity/index.ts";
import type { ConversationFilter, ConversationOrder } from "../conversations.filter.ts";
import * as search from "../search.queries.ts";

const pages = new DeepPages<search.Boundary>();
const longLists = new LongLists();

type Search = PageNumber & ConversationOrder & { filter: ConversationFilter };

/** A page of the tenant's conversations with how many there are, as far as they are counted, for whoever reads them. */
export async function searchConversations(ctx: Ctx, input: Search) {
  assertCan(ctx.actor, "read conversations");
  return searchSessions(ctx, input);
}

/** The same of what the caller may see: those who do not read conversations have what they opened themselves. */
export async function searchSessions(ctx: Ctx, input: Search) {
  const readsAll = can(ctx.actor, "read conversations");
  if (!readsAll) assertCan(ctx.actor, "ask bots");
  const { filter, sortBy, sortOrder } = input;
  return inTx(ctx, async (ctx) => {
    const list = [ctx.tenantId, idOfActor(ctx.actor), readsAll, filter, sortBy];
    const found = await search.foundBy(ctx, filter);
    const isLong = longLists.has(list, ctx.now());
    let counted = isLong ? countedUpTo : null;
    const items = await pages.read(
      [...list, sortOrder],
      input,
      async (start) => {
        const page = await search.pageOf(ctx, found, { sortBy, sortOrder }, start, { counts: !isLong });
        counted ??= page.counted;
        return page.rows;
      },
      (last) => search.boundaryOf(last, sortBy),
    );
    const total = await totalOf(input, items.length, async () => ({
      n: counted ?? (await search.countUpTo(ctx, found.known, sortBy)),
      isLeast: !found.isAll,
    }));
    if (!isLong && counted === countedUpTo) longLists.add(list, ctx.now());
    return { items, ...total };
  });
}
