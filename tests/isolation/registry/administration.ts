import { type Capability, everyone, platformAdmins } from "./capability.ts";

/** What an administrator of the installation names: people and tenants, whoever they are. */
export const administration: Capability = {
  furnish: async ({ owner }) => ({ user: owner.userId, tenant: owner.tenantId }),
  kept: ["user", "tenant"],
  ids: { userId: "user", tenantId: "tenant", planId: "chosen" },
  callers: {
    "admin.*": platformAdmins,
    "health.*": everyone,
    "GET /health/live": everyone,
    "GET /health/ready": everyone,
  },
};
