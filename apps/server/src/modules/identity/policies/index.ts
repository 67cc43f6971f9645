import { type Role, roles } from "../../../platform/ctx/index.ts";
import { automationRights } from "./automation.ts";
import { botRights } from "./bots.ts";
import { communicationRights } from "./communication.ts";
import { conversationRights } from "./conversations.ts";
import { customerRights } from "./customers.ts";
import { knowledgeRights } from "./knowledge.ts";
import { peopleRights } from "./people.ts";
import { qualityRights } from "./quality.ts";
import { resolutionRights } from "./resolutions.ts";
import { routingRights } from "./routing.ts";
import { securityRights } from "./security.ts";
import type { Sentences } from "./sentences.ts";
import { slaRights } from "./slas.ts";
import { surveyRights } from "./surveys.ts";
import { workspaceRights } from "./workspace.ts";

/** The capabilities, in the order in which people are shown them. */
const capabilities = {
  bots: botRights,
  knowledge: knowledgeRights,
  conversations: conversationRights,
  customers: customerRights,
  resolutions: resolutionRights,
  quality: qualityRights,
  people: peopleRights,
  routing: routingRights,
  slas: slaRights,
  surveys: surveyRights,
  automation: automationRights,
  communication: communicationRights,
  security: securityRights,
  workspace: workspaceRights,
} as const satisfies Record<string, Sentences>;

export type CapabilityName = keyof typeof capabilities;

/** What a member may do, by role. Each line reads as a sentence; each capability's stand in a file of their own. */
const sentences = {
  ...botRights,
  ...knowledgeRights,
  ...conversationRights,
  ...customerRights,
  ...resolutionRights,
  ...qualityRights,
  ...peopleRights,
  ...routingRights,
  ...slaRights,
  ...surveyRights,
  ...automationRights,
  ...communicationRights,
  ...securityRights,
  ...workspaceRights,
} as const satisfies Sentences;

export type Right = keyof typeof sentences;

/** Every right there is, in the order of the files: what a custom role is made of. */
export const allRights = Object.keys(sentences).filter(isRight);

export function isRight(text: string): text is Right {
  return Object.hasOwn(sentences, text);
}

/** The rights of each capability: how people are shown what a role may do. */
export const rightsByCapability = Object.entries(capabilities).map(([name, rights]) => ({
  name: name as CapabilityName, // a key of the same object
  rights: Object.keys(rights).filter(isRight),
}));

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

export { permissionsWith, rightsOfPermissions } from "./api-permissions.ts";
