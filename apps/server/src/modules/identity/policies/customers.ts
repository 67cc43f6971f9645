import type { Sentences } from "./sentences.ts";

export const customerRights = {
  "read customers": ["owner", "admin", "agent"],
  "manage customers": ["owner", "admin", "agent"],
  // what is gone is gone, and an export holds all that somebody ever wrote
  "erase customers": ["owner", "admin"],
  "manage signed identities": ["owner", "admin"],
} as const satisfies Sentences;
