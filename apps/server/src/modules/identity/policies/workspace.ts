import type { Sentences } from "./sentences.ts";

export const workspaceRights = {
  "manage workspace": ["owner", "admin"],
  "export workspace": ["owner"],
  "delete workspace": ["owner"],
} as const satisfies Sentences;
