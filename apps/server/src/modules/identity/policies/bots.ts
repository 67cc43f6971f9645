import type { Sentences } from "./sentences.ts";

export const botRights = {
  "read bots": ["owner", "admin", "contentEditor", "agent", "member"],
  "manage bots": ["owner", "admin"],
  "ask bots": ["owner", "admin", "contentEditor", "agent", "member"],
  "manage portal": ["owner", "admin"],
  "manage models": ["owner", "admin"],
} as const satisfies Sentences;
