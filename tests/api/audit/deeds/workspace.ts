import { eq } from "drizzle-orm";
import { plans } from "../../../../apps/server/src/modules/plans/plans.tables.ts";
import { eventually } from "../../../harness/eventually.ts";
import { patience } from "../../../isolation/registry/patience.ts";
import type { Deeds, World } from "../deed.ts";

async function planId({ server }: World): Promise<string> {
  const [plan] = await server.services.db
    .system()
    .select()
    .from(plans)
    .where(eq(plans.isActive, true))
    .limit(1);
  return plan?.id ?? "";
}
const price = { model: "openai:made-up", input: 1, output: 2 };

/** The model beside the server, as a tenant's own. */
const connection = ({ modelUrl }: World) =>
  ({ provider: "openai", apiKey: "sk-made-up", baseUrl: modelUrl, model: "made-up" }) as const;
const connected = (world: World) => world.owner.trpc.user.setLlmApiKey.mutate(connection(world));

/** Models and money, and what whoever runs the installation does. */
export const workspace: Deeds = {
  "budget.set": () => ({ input: { limit: 10 } }),
  "prices.set": () => ({ input: price }),
  "prices.reset": async ({ owner }) => {
    await owner.trpc.prices.set.mutate(price);
    return { input: { model: price.model } };
  },
  "user.setLlmApiKey": (world) => ({ input: connection(world) }),
  "user.testLlmApiKey": async (world) => {
    await connected(world);
    return { input: { provider: "openai" } };
  },
  "user.removeLlmApiKey": async (world) => {
    await connected(world);
    return { input: { provider: "openai" } };
  },
  "POST /api/audit/export": () => ({ input: { format: "csv" } }),

  "tenant.update": () => ({ input: { name: "Another name" } }),
  "tenant.create": async ({ stranger }) => ({ input: { name: "Second" }, as: await stranger() }),
  "tenant.requestDeletion": async ({ stranger }) => {
    const as = await stranger();
    const session = await as.trpc.auth.getSession.query();
    return { input: { name: session?.tenant.name ?? "", password: "correct horse" }, as };
  },
  "tenant.cancelDeletion": async ({ stranger }) => {
    const as = await stranger();
    const session = await as.trpc.auth.getSession.query();
    await as.trpc.tenant.requestDeletion.mutate({
      name: session?.tenant.name ?? "",
      password: "correct horse",
    });
    return { as };
  },
  "tenant.export.download": async ({ stranger }) => {
    const as = await stranger();
    const { id: exportId } = await as.trpc.tenant.export.start.mutate();
    await eventually(async () => {
      const { status } = await as.trpc.tenant.export.status.query({ exportId });
      if (status !== "done") throw new Error(`The export is ${status}.`);
    }, patience);
    return { input: { exportId }, as };
  },
  "tenant.export.start": async ({ stranger }) => ({ as: await stranger() }),

  "admin.updateUserRole": async ({ stranger }) => ({
    input: { userId: (await stranger()).userId, role: "ADMIN" },
  }),
  "admin.updateUserStatus": async ({ stranger }) => ({
    input: { userId: (await stranger()).userId, status: "SUSPENDED" },
  }),
  "admin.updatePlan": async (world) => ({ input: { planId: await planId(world), description: "Changed" } }),
  "admin.setTenantPlan": async (world) => ({
    input: { tenantId: world.owner.tenantId, planId: await planId(world) },
  }),
  "admin.users.updateRole": ({ id }) => ({ input: { userId: id("colleague"), newRole: "contentEditor" } }),
  "admin.createTenant": () => ({ input: { name: "Third" } }),
  "admin.suspendTenant": async ({ stranger }) => ({
    input: { tenantId: (await stranger()).tenantId, reason: "Does not pay" },
  }),
  "admin.reactivateTenant": async ({ stranger, owner }) => {
    const { tenantId } = await stranger();
    await owner.trpc.admin.suspendTenant.mutate({ tenantId, reason: "Does not pay" });
    return { input: { tenantId } };
  },
  "admin.setTenantPermissions": async ({ stranger }) => ({
    input: { tenantId: (await stranger()).tenantId, agents: null, tools: [], modelProviders: ["openai"] },
  }),
  "POST /api/admin/tenants": ({ bearer }) => ({ input: { name: "Fourth" }, as: bearer }),
  "PUT /api/admin/tenants/{tenant_id}": async ({ bearer, stranger }) => ({
    params: { tenant_id: (await stranger()).tenantId },
    input: { name: "Renamed" },
    as: bearer,
  }),
  "PUT /api/admin/tenants/{tenant_id}/permissions": async ({ bearer, stranger }) => ({
    params: { tenant_id: (await stranger()).tenantId },
    input: { agents: null, tools: [], model_providers: ["openai"] },
    as: bearer,
  }),
};
