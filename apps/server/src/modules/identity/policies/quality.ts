import type { Sentences } from "./sentences.ts";

export const qualityRights = {
  "review answers": ["owner", "admin", "agent"],
  // whoever writes the documents has to see what was missing in them
  "read problems": ["owner", "admin", "contentEditor", "agent"],
  "manage problems": ["owner", "admin", "contentEditor", "agent"],
  // cases are made of conversations, so it takes who may read them
  "read evaluations": ["owner", "admin", "agent"],
  "evaluate bots": ["owner", "admin"],
} as const satisfies Sentences;
