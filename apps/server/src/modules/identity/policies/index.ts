import { type ApiPermission, type Role, roles } from "../../../platform/ctx/index.ts";
import { botRights } from "./bots.ts";
import { conversationRights } from "./conversations.ts";
import { knowledgeRights } from "./knowledge.ts";
import { peopleRights } from "./people.ts";
import { qualityRights } from "./quality.ts";
import { securityRights } from "./security.ts";
import type { Sentences } from "./sentences.ts";
import { workspaceRights } from "./workspace.ts";

/** What a member may do, by role. Each line reads as a sentence; each capability's stand in a file of their own. */
const sentences = {
  ...botRights,
  ...knowledgeRights,
  ...conversationRights,
  ...qualityRights,
  ...peopleRights,
  ...securityRights,
  ...workspaceRights,
} as const satisfies Sentences;

export type Right = keyof typeof sentences;

/** Every right there is, in the order of the files: what a custom role is made of. */
export const allRights = Object.keys(sentences).filter(isRight);

export function isRight(text: string): text is Right {
  return Object.hasOwn(sentences, text);
}

/** The roles of the product that have a right. */
export function rolesWith(right: Right): readonly Role[] {
  return sentences[right];
}

const rightsByRole: ReadonlyMap<string, ReadonlySet<Right>> = new Map(
  roles.map((role) => [role, new Set(allRights.filter((right) => rolesWith(right).includes(role)))]),
);

/** What a role of the product may do; nothing for a name that is none of them. */
export function rightsOfRole(role: string): ReadonlySet<Right> {
  return rightsByRole.get(role) ?? new Set();
}

/** What an API key may do, by its permissions. */
const permitted: Record<ApiPermission, readonly Right[]> = {
  chat: ["ask bots"],
  evaluate: ["read evaluations", "evaluate bots"],
};

export function rightsOfPermissions(permissions: readonly ApiPermission[]): ReadonlySet<Right> {
  return new Set(permissions.flatMap((name) => permitted[name]));
}
