import type { Sentences } from "./sentences.ts";

export const surveyRights = {
  // what customers wrote stands in the results, so it takes who may read conversations
  "read surveys": ["owner", "admin", "agent"],
  "manage surveys": ["owner", "admin"],
} as const satisfies Sentences;
