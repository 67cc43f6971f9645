import type { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import {
  freshnessSchema,
  listDocumentsSchema,
  listedDocumentSchema,
  staleAfterDays,
} from "../knowledge/index.ts";
import {
  type foundPassageSchema,
  foundSchema,
  scopeSchema,
  searchSchema,
  uploadedSchema,
  uploadSchema,
} from "./bot-knowledge.schema.ts";
import { freshnessIn, listKnowledge, setStaleAfterIn } from "./service/bot-knowledge.ts";
import { type FoundCandidate, searchBotsKnowledge } from "./service/search-bots-knowledge.ts";
import { uploadKnowledge } from "./service/upload-knowledge.ts";

/** Part of the `knowledge` router: what concerns a bot's documents, a knowledge base's, or all of the tenant's. */
export const botKnowledgeRouter = router({
  upload: tenantProcedure
    .meta({ auth: "tenant", limit: "knowledgeUpload" })
    .input(uploadSchema)
    .output(uploadedSchema)
    .mutation(({ ctx, input }) => uploadKnowledge(ctx, input)),
  list: tenantProcedure
    .input(scopeSchema.extend(listDocumentsSchema.shape).prefault({}))
    .output(paginatedSchema(listedDocumentSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listKnowledge(ctx, input);
      return paginate("/trpc/knowledge.list", input, items, total);
    }),
  search: tenantProcedure
    .input(searchSchema)
    .output(foundSchema)
    .query(async ({ ctx, input, signal }) => {
      const { candidates, ...found } = await searchBotsKnowledge(ctx, { ...input, signal });
      const all = candidates.map(toFoundPassage);
      return {
        ...found,
        passages: all.filter(({ fate }) => fate === "chosen"),
        others: all.filter(({ fate }) => fate !== "chosen"),
      };
    }),
  /** Beyond the seed: how old the documents are, and from when on one counts as stale. */
  freshness: tenantProcedure
    .input(scopeSchema)
    .output(freshnessSchema)
    .query(({ ctx, input }) => freshnessIn(ctx, input)),
  setStaleAfter: tenantProcedure
    .input(scopeSchema.extend({ staleAfterDays }))
    .output(freshnessSchema)
    .mutation(({ ctx, input }) => setStaleAfterIn(ctx, input)),
});

function toFoundPassage({
  passage: { ordinal: _ordinal, scores, ...passage },
  ranks,
  fields,
  weighted,
  fate,
  duplicateOf,
}: FoundCandidate): z.infer<typeof foundPassageSchema> {
  return { ...passage, scores: { ...scores, weighted }, fields, ranks, fate, duplicateOf };
}
