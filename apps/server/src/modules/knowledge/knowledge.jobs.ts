import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";

/** Reads, cuts, embeds and indexes one version of a document. */
export const ingestQueue = defineQueue({
  name: "knowledge.ingest",
  schema: z.object({ tenantId: z.uuid(), documentId: z.uuid(), version: z.number().int() }),
  retryLimit: 2,
  retryDelaySeconds: 2,
  expireSeconds: 900,
});

/** Removes bytes that no document refers to any more. */
export const deleteBlobsQueue = defineQueue({
  name: "knowledge.delete-blobs",
  schema: z.object({ keys: z.array(z.string()) }),
  retryLimit: 8,
});

/** Embeds a knowledge base with another model and switches to it. What a try has done stays done. */
export const embeddingQueue = defineQueue({
  name: "knowledge.embed",
  schema: z.object({ tenantId: z.uuid(), knowledgeBaseId: z.uuid(), spaceId: z.uuid() }),
  retryLimit: 4,
  retryDelaySeconds: 5,
  expireSeconds: 900,
});

/** Writes the next part of a search index of an earlier release anew. Each puts the next on the queue. */
export const renewIndexQueue = defineQueue({
  name: "knowledge.renew-index",
  schema: z.object({ tenantId: z.uuid(), knowledgeBaseId: z.uuid() }),
  retryLimit: 4,
  retryDelaySeconds: 5,
  expireSeconds: 900,
});

/** Reads the next pages of a web source. A crawl is a chain of these: each puts the next on the queue. */
export const crawlQueue = defineQueue({
  name: "knowledge.crawl",
  schema: z.object({ tenantId: z.uuid(), sourceId: z.uuid(), crawl: z.number().int() }),
  retryLimit: 4,
  retryDelaySeconds: 2,
  expireSeconds: 600,
});
