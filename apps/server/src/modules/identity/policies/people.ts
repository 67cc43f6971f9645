import type { Sentences } from "./sentences.ts";

export const peopleRights = {
  "read members": ["owner", "admin", "agent"],
  "manage members": ["owner", "admin"],
  "manage roles": ["owner", "admin"],
  "manage teams": ["owner", "admin"],
} as const satisfies Sentences;
