import type { Sentences } from "./sentences.ts";

export const resolutionRights = {
  // what customers wrote stands in them, so it takes who may read conversations
  "read resolutions": ["owner", "admin", "agent"],
  "work on resolutions": ["owner", "admin", "agent"],
} as const satisfies Sentences;
