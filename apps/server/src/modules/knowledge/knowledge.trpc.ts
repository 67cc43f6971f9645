import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import { chunkSchema, documentContentSchema, documentSchema } from "./knowledge.schema.ts";
import { deleteDocument } from "./service/delete-document.ts";
import { affirmDocument } from "./service/freshness.ts";
import { getDocumentContent, listChunks } from "./service/read-documents.ts";
import { reprocessDocument } from "./service/renew-document.ts";

const byId = z.object({ id: z.uuid() });

/** Part of the `knowledge` router: what concerns one document. What concerns many is in `bots`, which knows whose. */
export const knowledgeRouter = router({
  get: tenantProcedure
    .input(byId.extend({ version: z.number().int().positive().max(2_147_483_647).optional() }))
    .output(documentContentSchema)
    .query(({ ctx, input: { id, version } }) => getDocumentContent(ctx, { documentId: id, version })),
  chunks: tenantProcedure
    .input(
      z.object({
        documentId: z.uuid(),
        page: z.number().int().min(1).max(100_000).default(1),
        pageSize: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(paginatedSchema(chunkSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listChunks(ctx, input);
      return paginate("/trpc/knowledge.chunks", input, items, total);
    }),
  reprocess: tenantProcedure
    .input(byId)
    .output(documentSchema)
    .mutation(({ ctx, input: { id } }) => reprocessDocument(ctx, { documentId: id })),
  /** Beyond the seed: its owner says that it still holds, so that it is not stale any more. */
  affirm: tenantProcedure
    .input(byId)
    .output(documentSchema)
    .mutation(({ ctx, input: { id } }) => affirmDocument(ctx, { documentId: id })),
  delete: tenantProcedure
    .input(byId)
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input: { id } }) => {
      await deleteDocument(ctx, { documentId: id });
      return { success: true } as const;
    }),
});
