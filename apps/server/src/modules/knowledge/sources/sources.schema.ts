import { z } from "zod";
import { pageStates, sourceKinds, sourceSchedules, sourceStatuses } from "../knowledge.tables.ts";
import { maxUrlLength } from "./urls.ts";

const url = z.string().trim().min(1).max(maxUrlLength);
const path = z
  .string()
  .trim()
  .max(500)
  .regex(/^\/\S*$/, "A path begins with a slash: /docs/");
const paths = z.array(path).max(50);
const maxPages = z.number().int().min(1).max(2000);
const schedule = z.enum(sourceSchedules);

export const addSourceSchema = z.object({
  kind: z.enum(sourceKinds),
  url,
  schedule: schedule.default("weekly"),
  maxPages: maxPages.default(200),
  includePaths: paths.default([]),
  excludePaths: paths.default([]),
});
export const updateSourceSchema = z.object({
  url: url.optional(),
  schedule: schedule.optional(),
  maxPages: maxPages.optional(),
  includePaths: paths.optional(),
  excludePaths: paths.optional(),
});

/** A web source as every face shows it. */
export const sourceSchema = z.object({
  id: z.uuid(),
  knowledgeBaseId: z.uuid(),
  kind: z.enum(sourceKinds),
  url: z.string(),
  schedule,
  maxPages: z.number(),
  includePaths: z.array(z.string()),
  excludePaths: z.array(z.string()),
  status: z.enum(sourceStatuses),
  /** Addresses found, of which so many were visited in the newest crawl, failed, and are documents. */
  pages: z.object({ found: z.number(), done: z.number(), failed: z.number(), documents: z.number() }),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  /** Of a crawl that ended well: `LIMIT_REACHED` when there was more than `maxPages` allow. */
  notice: z.string().nullable(),
  lastCrawledAt: z.date().nullable(),
  nextCrawlAt: z.date().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type KnowledgeSource = z.infer<typeof sourceSchema>;

/** An address that a source found, and what became of it. */
export const sourcePageSchema = z.object({
  id: z.uuid(),
  url: z.string(),
  state: z.enum(pageStates),
  /** A code, as `pageReasons` lists them. */
  reason: z.string().nullable(),
  httpStatus: z.number().nullable(),
  documentId: z.uuid().nullable(),
  visitedAt: z.date().nullable(),
});
export const listPagesSchema = z.object({
  state: z.enum(pageStates).optional(),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});
