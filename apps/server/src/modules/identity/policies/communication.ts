import type { Sentences } from "./sentences.ts";

export const communicationRights = {
  // whose account it is that is paid for
  "manage channels": ["owner", "admin"],
  "send messages": ["owner", "admin", "agent"],
} as const satisfies Sentences;
