import type { Sentences } from "./sentences.ts";

export const knowledgeRights = {
  "manage knowledge": ["owner", "admin", "contentEditor"],
} as const satisfies Sentences;
