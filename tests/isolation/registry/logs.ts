import { andKeys, type Capability, managers, ownPeople } from "./capability.ts";

/** What was done and what happened, for who looks after the workspace. */
export const logs: Capability = {
  ids: { "audit.list.actorId": "user", "POST /api/audit/export.actorId": "user" },
  callers: {
    "audit.*": managers,
    "POST /api/audit/export": managers,
    "enterpriseSecurity.listSecurityEvents": andKeys(managers),
    "auth.listOwnSecurityEvents": ownPeople,
  },
};
