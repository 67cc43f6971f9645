import { newId } from "../../../../apps/server/src/platform/ids/index.ts";
import type { Deeds, World } from "../deed.ts";

/** Somebody new. */
async function customer({ owner }: World): Promise<string> {
  const made = await owner.trpc.endUsers.identify.mutate({ externalId: newId(), name: "Grace" });
  return made.customer.id;
}

async function pair(world: World) {
  return { sourceCustomerId: await customer(world), targetCustomerId: await customer(world) };
}

async function merged(world: World) {
  const both = await pair(world);
  await world.owner.trpc.endUsers.merge.mutate(both);
  return both;
}

const ofV1 = async (world: World, make: typeof pair) => {
  const { targetCustomerId: id, ...input } = await make(world);
  return { params: { id }, input, as: world.bearer };
};

const chatUser = async (world: World) => ({
  params: { tenant_id: world.owner.tenantId, user_id: await customer(world) },
  as: world.bearer,
});

/** What is done to customers. */
export const customerDeeds: Deeds = {
  "endUsers.identify": () => ({ input: { externalId: newId(), name: "Grace" } }),
  "endUsers.update": async (world) => ({ input: { customerId: await customer(world), tags: ["vip"] } }),
  "endUsers.merge": async (world) => ({ input: await pair(world) }),
  "endUsers.unmerge": async (world) => ({ input: await merged(world) }),
  "endUsers.export": async (world) => ({ input: { customerId: await customer(world) } }),
  "endUsers.delete": async (world) => ({ input: { customerId: await customer(world) } }),
  "endUsers.rotateIdentitySecret": () => ({}),
  "POST /v1/customers": (world) => ({ input: { profile: { name: "Grace" } }, as: world.bearer }),
  "PATCH /v1/customers/{id}": async (world) => ({
    params: { id: await customer(world) },
    input: { status: "blocked" },
    as: world.bearer,
  }),
  "POST /v1/customers/{id}/merge": (world) => ofV1(world, pair),
  "POST /v1/customers/{id}/unmerge": (world) => ofV1(world, merged),
  "POST /api/{tenant_id}/chat-users": (world) => ({
    params: { tenant_id: world.owner.tenantId },
    input: { name: "Grace" },
    as: world.bearer,
  }),
  "PUT /api/{tenant_id}/chat-users/{user_id}": async (world) => ({
    ...(await chatUser(world)),
    input: { status: "inactive" },
  }),
  "DELETE /api/{tenant_id}/chat-users/{user_id}": (world) => chatUser(world),
};
