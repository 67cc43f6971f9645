import { eventually } from "../../harness/eventually.ts";
import {
  type Capability,
  everyone,
  managers,
  owners,
  ownPeople,
  platformAdmins,
  signedIn,
} from "./capability.ts";
import { patience } from "./patience.ts";

/** A tenant as a whole: its settings, an export of everything, its end. */
export const tenants: Capability = {
  async furnish({ owner }) {
    const { id: exportId } = await owner.trpc.tenant.export.start.mutate();
    await eventually(async () => {
      const { status } = await owner.trpc.tenant.export.status.query({ exportId });
      if (status !== "done") throw new Error(`The export is ${status}.`);
    }, patience);
    return { export: exportId };
  },
  kept: ["export"],
  ids: {
    exportId: "export",
    tenant_id: "tenant",
    agents: "chosen", // names of agents that the product knows
    deletionId: "chosen",
  },
  callers: {
    "tenant.get": managers,
    "tenant.update": managers,
    "tenant.create": ownPeople,
    "tenant.standing": signedIn,
    "tenant.export.*": owners,
    "tenant.requestDeletion": owners,
    "tenant.cancelDeletion": owners,
    "GET /api/admin/tenants": platformAdmins,
    "POST /api/admin/tenants": platformAdmins,
    "PUT /api/admin/tenants/{tenant_id}": platformAdmins,
    "GET /api/admin/tenants/{tenant_id}/permissions": platformAdmins,
    "PUT /api/admin/tenants/{tenant_id}/permissions": platformAdmins,
    "GET /api/deletion-certificates/keys": everyone,
  },
};
