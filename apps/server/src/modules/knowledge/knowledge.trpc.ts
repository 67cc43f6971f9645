import { z } from "zod";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import { chunkSchema, documentContentSchema, documentSchema } from "./knowledge.schema.ts";
import { getDocumentContent, listChunks } from "./service/read-documents.ts";
import { reprocessDocument } from "./service/renew-document.ts";

export const knowledgeRouter = router({
  get: tenantProcedure
    .input(z.object({ id: z.uuid(), version: z.number().int().positive().max(2_147_483_647).optional() }))
    .output(documentContentSchema)
    .query(({ ctx, input: { id, version } }) => getDocumentContent(ctx, { documentId: id, version })),
  chunks: tenantProcedure
    .input(z.object({ documentId: z.uuid() }))
    .output(z.array(chunkSchema))
    .query(({ ctx, input }) => listChunks(ctx, input)),
  reprocess: tenantProcedure
    .input(z.object({ id: z.uuid() }))
    .output(documentSchema)
    .mutation(({ ctx, input: { id } }) => reprocessDocument(ctx, { documentId: id })),
});
