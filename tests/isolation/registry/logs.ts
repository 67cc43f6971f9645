import { andKeys, type Capability, managers, ownPeople } from "./capability.ts";

/** What was done and what happened, for who looks after the workspace. */
export const logs: Capability = {
  ids: {
    "audit.list.actorId": "user",
    "audit.list.subjectId": "chosen", // of any kind: it filters what is the tenant's anyway
    "POST /api/audit/export.subjectId": "chosen",
    "POST /api/audit/export.actorId": "user",
  },
  callers: {
    "audit.*": managers,
    "POST /api/audit/export": managers,
    "enterpriseSecurity.listSecurityEvents": andKeys(managers),
    "auth.listOwnSecurityEvents": ownPeople,
  },
};
