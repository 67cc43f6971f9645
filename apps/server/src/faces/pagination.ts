import { z } from "zod";

/** Seed 001, section 2.11. */
export function paginatedSchema<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    meta: z.object({
      totalItems: z.number(),
      itemCount: z.number(),
      itemsPerPage: z.number(),
      totalPages: z.number(),
      currentPage: z.number(),
    }),
    links: z.object({
      first: z.string(),
      previous: z.string().nullable(),
      next: z.string().nullable(),
      last: z.string(),
    }),
  });
}

/**
 * One page in the seed's shape. The links are paths on this server that answer the same question for another
 * page: `input` is all that the caller asked for, so that a search or an order goes along.
 */
export function paginate<Item>(
  path: string,
  input: { page: number; pageSize: number },
  items: Item[],
  total: number,
) {
  const { page, pageSize } = input;
  const totalPages = Math.max(1, Math.ceil(total / pageSize));
  const link = (to: number) => `${path}?input=${encodeURIComponent(JSON.stringify({ ...input, page: to }))}`;
  return {
    items,
    meta: {
      totalItems: total,
      itemCount: items.length,
      itemsPerPage: pageSize,
      totalPages,
      currentPage: page,
    },
    links: {
      first: link(1),
      previous: page > 1 ? link(Math.min(page - 1, totalPages)) : null,
      next: page < totalPages ? link(page + 1) : null,
      last: link(totalPages),
    },
  };
}
