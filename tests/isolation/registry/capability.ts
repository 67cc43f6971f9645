import type { Role } from "../../../apps/server/src/platform/ctx/index.ts";
import type { TestServer, TestUser } from "../../harness/server.ts";
import type { WebSite } from "../../harness/web-site.ts";

/**
 * Who calls: a role of the tenant, or someone without one. `powerless` has a role of the tenant's own with no right,
 * `waiting` an owner's session that still lacks the second factor, `locked` owns a tenant that is suspended, `suspended`
 * is an owner whose account is, `platformAdmin` a member who looks after the installation, `otherKey` an API key for
 * another bot than the one that is asked for, `forged` shows a cookie and a token that nobody gave out.
 */
export type CallerClass =
  | Role
  | "powerless"
  | "waiting"
  | "locked"
  | "platformAdmin"
  | "visitor"
  | "apiKey"
  | "otherKey"
  | "suspended"
  | "forged"
  | "anonymous";

/** What a capability's rows are made with. */
export interface Furnishing {
  server: TestServer;
  /** A web site with no page on it. */
  site: WebSite;
  owner: TestUser;
  /** The tenant's canary. It stands in every text that is written, so that it shows wherever a text leaks. */
  word: string;
  /** The id of this kind that a capability earlier in the list has made; throws when there is none. */
  id(kind: string): string;
}

/**
 * What the proof must know of one capability, and cannot read from its schemas. Procedures are named as in the router
 * (`bot.byId`), routes by method and path (`GET /api/chat/{sessionId}/stream`).
 */
export interface Capability {
  /** Makes one of each of its kinds, in a tenant. Gives their ids by kind. */
  furnish?(world: Furnishing): Promise<Record<string, string>>;
  /** Deletes them again, for calls with the id of something deleted. Not needed for what goes with its bot. */
  remove?(world: Furnishing): Promise<unknown>;
  /**
   * The kind that an id field names. The key is the field's name (`botId`), or to be more precise `router.field` or
   * `procedure.field`; a nested field is `filter.botId`, one of an array `botIds[]`, an input that is an id `(input)`.
   * `chosen` is an id that the client makes up or that all tenants share, so that nothing foreign can be named by it.
   */
  ids?: Record<string, string>;
  /** Kinds that are public names: whoever knows one may use it, so that one of another tenant is no attack. */
  publicNames?: readonly string[];
  /** Kinds of which nothing that was made is ever absent again: there is no call with a deleted one. */
  kept?: readonly string[];
  /** Procedures and routes that make what their id names where it is not there, with the table that it goes into. */
  makers?: Record<string, string>;
  /** Kinds that belong to one person: to others of the tenant they are absent. */
  personal?: readonly string[];
  /** Fields that an input needs, although its schema lets them be left out, by procedure or route. */
  needed?: Record<string, readonly string[]>;
  /** What an example of an input needs beyond what its schema says, by procedure or route. */
  inputs?: Record<string, Record<string, unknown>>;
  /** Who may call: by procedure or route, or all of a router (`bot.*`). All others must be refused. */
  callers?: Record<string, readonly CallerClass[]>;
}

export const owners = ["owner"] as const satisfies readonly CallerClass[];
export const managers = ["owner", "admin"] as const satisfies readonly CallerClass[];
export const supporters = [...managers, "agent"] as const satisfies readonly CallerClass[];
export const editors = [...managers, "contentEditor"] as const satisfies readonly CallerClass[];
export const members = [
  ...supporters,
  "contentEditor",
  "member",
  "platformAdmin",
] as const satisfies readonly CallerClass[];
/** Members of whatever role, also one without any right: for what is their own. */
export const ownPeople = [...members, "powerless"] as const satisfies readonly CallerClass[];
/** Whoever is signed in, also who may not work yet. */
export const signedIn = [...ownPeople, "waiting", "locked"] as const satisfies readonly CallerClass[];
export const visitorsAndMembers = [...members, "visitor"] as const satisfies readonly CallerClass[];
/** API keys. One for a single bot is refused where another's is named, which shows as "not found". */
export const programs = ["apiKey", "otherKey"] as const satisfies readonly CallerClass[];
/** These members, and a key with every permission: for tenant procedures whose right some permission gives. */
export const andKeys = (classes: readonly CallerClass[]): readonly CallerClass[] => [...classes, "apiKey"];
/** An administrator of the installation, whom no role in a tenant makes. */
export const platformAdmins = ["platformAdmin"] as const satisfies readonly CallerClass[];
export const everyone = [
  ...signedIn,
  "visitor",
  ...programs,
  "suspended",
  "forged",
  "anonymous",
] as const satisfies readonly CallerClass[];
