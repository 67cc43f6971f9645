import type { Sentences } from "./sentences.ts";

export const routingRights = {
  // for a colleague: their status, their capacity, what they take next
  "manage routing": ["owner", "admin"],
} as const satisfies Sentences;
