import { type ApiPermission, apiPermissions } from "../../../platform/ctx/index.ts";
import type { Right } from "./index.ts";

/**
 * What each permission of an API key allows. To write takes reading too. No permission gives what decides over other
 * ways in or over the workspace as a whole (API keys, sign-in, roles, models, settings, export, deletion): for those a
 * person signs in. Whatever a key was given, it never does more than whoever made it may do at that moment.
 */
const permitted: Record<ApiPermission, readonly Right[]> = {
  chat: ["ask bots"],
  evaluate: ["read evaluations", "evaluate bots"],
  "bots:read": ["read bots"],
  "bots:write": ["read bots", "manage bots"],
  // reading documents is part of reading bots
  "knowledge:write": ["read bots", "manage knowledge"],
  // who a conversation is with is part of it; what takes a person (to have it, to be seen writing) no key does
  "conversations:read": ["read conversations", "read customers", "read resolutions"],
  "conversations:write": ["read conversations", "answer conversations", "read customers", "read resolutions"],
  "customers:read": ["read customers"],
  "customers:write": ["read customers", "manage customers"],
  // what is connected is seen with it, connecting is a person's: it takes an account's secret
  "communication:send": ["send messages"],
  "analytics:read": ["read analytics", "read surveys"],
  "quality:read": ["read conversations", "read problems"],
  "quality:write": ["read conversations", "read problems", "manage problems", "review answers"],
  "members:read": ["read members"],
  "members:write": ["read members", "manage members", "manage teams"],
  "security:read": ["read audit log", "read security events"],
};

export function rightsOfPermissions(permissions: readonly ApiPermission[]): ReadonlySet<Right> {
  return new Set(permissions.flatMap((name) => permitted[name]));
}

/** The permissions that give a right; none for what no API key may do. */
export function permissionsWith(right: Right): ApiPermission[] {
  return apiPermissions.filter((name) => permitted[name].includes(right));
}
