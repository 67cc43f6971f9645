import type { Sentences } from "./sentences.ts";

export const slaRights = {
  "manage service levels": ["owner", "admin"],
} as const satisfies Sentences;
