import { administration } from "./administration.ts";
import { apiKeys } from "./api-keys.ts";
import { assist } from "./assist.ts";
import { automation } from "./automation.ts";
import { bots } from "./bots.ts";
import type { CallerClass, Capability } from "./capability.ts";
import { communication } from "./communication.ts";
import { conversations } from "./conversations.ts";
import { customers } from "./customers.ts";
import { evaluations } from "./evaluations.ts";
import { helpdesk } from "./helpdesk.ts";
import { intents } from "./intents.ts";
import { knowledge } from "./knowledge.ts";
import { logs } from "./logs.ts";
import { members } from "./members.ts";
import { people } from "./people.ts";
import { problems } from "./problems.ts";
import { quality } from "./quality.ts";
import { resolutions } from "./resolutions.ts";
import { routing } from "./routing.ts";
import { secondFactor } from "./second-factor.ts";
import { signIn } from "./sign-in.ts";
import { slas } from "./slas.ts";
import { sources } from "./sources.ts";
import { sso } from "./sso.ts";
import { surveys } from "./surveys.ts";
import { tenants } from "./tenants.ts";
import { tokens } from "./tokens.ts";
import { workspace } from "./workspace.ts";

export type { CallerClass, Capability, Furnishing } from "./capability.ts";

/** Every capability, in the order in which they are furnished: one may use the ids of those before it. */
export const capabilities: readonly Capability[] = [
  people,
  signIn,
  secondFactor,
  members,
  administration,
  logs,
  sso,
  bots,
  workspace,
  knowledge,
  sources,
  conversations,
  routing,
  customers,
  communication,
  slas,
  surveys,
  resolutions,
  quality,
  problems,
  evaluations,
  automation,
  intents,
  assist,
  apiKeys,
  tenants,
  tokens,
  helpdesk,
];

const idLines = new Map(capabilities.flatMap(({ ids }) => Object.entries(ids ?? {})));
const callerLines = new Map(capabilities.flatMap(({ callers }) => Object.entries(callers ?? {})));

export const publicNames = new Set(capabilities.flatMap((capability) => capability.publicNames ?? []));
export const keptKinds = new Set(capabilities.flatMap((capability) => capability.kept ?? []));
export const makers = new Map(capabilities.flatMap((capability) => Object.entries(capability.makers ?? {})));
export const personalKinds = new Set(capabilities.flatMap((capability) => capability.personal ?? []));

const neededLines = new Map(capabilities.flatMap(({ needed }) => Object.entries(needed ?? {})));

export const neededFieldsOf = (name: string): readonly string[] => neededLines.get(name) ?? [];

const inputLines = new Map(capabilities.flatMap(({ inputs }) => Object.entries(inputs ?? {})));

/** The fields of a procedure or route that have a line of their own: ids that do not look like one. */
export function namedFieldsOf(name: string): string[] {
  return [...idLines.keys()]
    .filter((key) => key.startsWith(`${name}.`))
    .map((key) => key.slice(name.length + 1));
}

export const inputOf = (name: string) => inputLines.get(name) ?? {};

/** The kind that an id field of a procedure or route names, by the most precise line there is. */
export function kindOf(name: string, field: string): string {
  const router = name.split(".")[0] ?? "";
  const last = field.split(".").at(-1) ?? field;
  const single = last.replace("[]", "");
  const keys = [`${name}.${field}`, `${router}.${field}`, field, last, single, single.replace(/s$/, "")];
  for (const key of keys) {
    const kind = idLines.get(key);
    if (kind) return kind;
  }
  throw new Error(
    `The proof of isolation does not know what "${field}" of ${name} names. ` +
      `Add to \`ids\` of the capability's file in tests/isolation/registry/: "${name}.${field}": "<kind>", where the kind ` +
      `is one that \`furnish\` of some file there makes, or "chosen" when it can name nothing of a tenant's.`,
  );
}

export function isRegistered(name: string, idFields: readonly string[]): boolean {
  return [() => callersOf(name), ...idFields.map((field) => () => kindOf(name, field))].every((look) => {
    try {
      look();
      return true;
    } catch {
      return false;
    }
  });
}

/** Who may call a procedure or route. */
export function callersOf(name: string): readonly CallerClass[] {
  const parts = name.split(".");
  const keys = parts
    .map((_, at) => `${parts.slice(0, at).join(".")}.*`)
    .slice(1)
    .reverse();
  for (const key of [name, ...keys]) {
    const callers = callerLines.get(key);
    if (callers) return callers;
  }
  throw new Error(
    `The proof of isolation does not know who may call ${name}. ` +
      `Add to \`callers\` of the capability's file in tests/isolation/registry/: "${name}": <everyone | signedIn | ownPeople | members | ` +
      `supporters | editors | managers | owners | programs | platformAdmins, or a list of classes>.`,
  );
}
