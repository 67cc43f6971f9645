import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { v1ErrorCodes } from "./error-body.ts";

/** Seed 004, "Common Response Formats": which request this answers, and when. */
const metaSchema = z.object({ requestId: z.uuid(), timestamp: z.iso.datetime() });

export function v1Meta(request: FastifyRequest, now: Date): z.infer<typeof metaSchema> {
  return { requestId: request.id, timestamp: now.toISOString() };
}

/** `{success, data, meta}` */
export function v1Schema<Data extends z.ZodType>(data: Data) {
  return z.object({ success: z.literal(true), data, meta: metaSchema });
}

const paginationSchema = z.object({
  page: z.number().int(),
  pageSize: z.number().int(),
  totalItems: z.number().int(),
  totalPages: z.number().int(),
  hasNextPage: z.boolean(),
  hasPreviousPage: z.boolean(),
  /** There where a long list is not counted to its end: `totalItems` is the least that there are. */
  isTotalExact: z.literal(false).optional(),
});

/** `{success, data: […], pagination, meta}` */
export function v1PageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({
    success: z.literal(true),
    data: z.array(item),
    pagination: paginationSchema,
    meta: metaSchema,
  });
}

/** The query of every list: which page, of how many. */
export const v1PageQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
});
export type V1PageQuery = z.infer<typeof v1PageQuery>;

/** Where a page stands among all. Of nothing there is one page, and it is empty. */
export function v1Pagination(
  { page, pageSize }: V1PageQuery,
  totalItems: number,
  { isTotalExact = true }: { isTotalExact?: boolean } = {},
): z.infer<typeof paginationSchema> {
  const totalPages = Math.max(1, Math.ceil(totalItems / pageSize));
  return {
    page,
    pageSize,
    totalItems,
    totalPages,
    hasNextPage: page < totalPages,
    hasPreviousPage: page > 1,
    ...(isTotalExact ? {} : { isTotalExact }),
  };
}

/** For the documentation: what a refusal looks like. */
export const v1RefusalSchema = z.object({
  success: z.literal(false),
  error: z.object({ code: z.enum(v1ErrorCodes), message: z.string(), details: z.array(z.unknown()) }),
  meta: metaSchema,
});
