import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";

/** A document was added, moved on in its processing, or was deleted. */
export const documentChanged = defineEvent(
  "document.changed",
  z.object({ documentId: z.uuid(), knowledgeBaseId: z.uuid(), deleted: z.boolean() }),
);

/** Another embedding model was chosen, a build beside the active one moved on or ended, or it was switched to. */
export const embeddingChanged = defineEvent("embedding.changed", z.object({ knowledgeBaseId: z.uuid() }));

/** A web source was added or changed, its crawl moved on, or it was deleted with its documents. */
export const sourceChanged = defineEvent(
  "source.changed",
  z.object({ sourceId: z.uuid(), knowledgeBaseId: z.uuid(), deleted: z.boolean() }),
);
