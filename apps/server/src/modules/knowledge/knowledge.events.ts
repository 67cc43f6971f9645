import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";

/** A document was added, moved on in its processing, or was deleted. */
export const documentChanged = defineEvent(
  "document.changed",
  z.object({ documentId: z.uuid(), knowledgeBaseId: z.uuid(), deleted: z.boolean() }),
);
