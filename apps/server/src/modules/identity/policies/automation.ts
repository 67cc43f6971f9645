import type { Sentences } from "./sentences.ts";

export const automationRights = {
  // a rule acts on everybody's conversations
  "manage rules": ["owner", "admin"],
} as const satisfies Sentences;
