import type { Sentences } from "./sentences.ts";

export const conversationRights = {
  "read conversations": ["owner", "admin", "agent"],
  "answer conversations": ["owner", "admin", "agent"],
  // questions and comments stand in them, so it takes who may read conversations
  "read analytics": ["owner", "admin", "agent"],
} as const satisfies Sentences;
