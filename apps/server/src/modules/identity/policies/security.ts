import type { Sentences } from "./sentences.ts";

export const securityRights = {
  "manage API keys": ["owner", "admin"],
  "manage sign-in": ["owner", "admin"],
  "read audit log": ["owner", "admin"],
  "read security events": ["owner", "admin"],
} as const satisfies Sentences;
