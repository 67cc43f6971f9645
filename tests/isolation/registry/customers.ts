import { customerCodes } from "../../../apps/server/src/modules/customers/customers.tables.ts";
import { newId } from "../../../apps/server/src/platform/ids/index.ts";
import { andKeys, type Capability, managers, supporters } from "./capability.ts";

/** Customers, by whatever name a dialect has for them, and the codes that prove their addresses. */
export const customers: Capability = {
  async furnish({ server, owner, word }) {
    const { tenantId } = owner;
    const { customer } = await owner.trpc.endUsers.identify.mutate({
      email: `${word}@example.test`,
      name: `Customer ${word}`,
    });
    const verification = newId();
    const now = new Date();
    await server.services.db.withTenant(tenantId, (tx) =>
      tx.insert(customerCodes).values({
        tenantId,
        id: verification,
        customerId: customer.id,
        kind: "email",
        address: `${word}@example.test`,
        sealedHash: server.services.vault.seal(tenantId, "verification-code", word),
        // over, so that it is not opened: what a tenant sealed cannot be read in its twin
        expiresAt: new Date(now.getTime() - 60_000),
        createdAt: now,
      }),
    );
    return { customer: customer.id, verification };
  },
  async remove({ owner, id }) {
    await owner.trpc.endUsers.delete.mutate({ customerId: id("customer") });
  },
  ids: {
    customerId: "customer",
    sourceCustomerId: "customer",
    targetCustomerId: "customer",
    user_id: "customer",
    verificationId: "verification",
    // by what somebody is known elsewhere
    externalId: "chosen",
    socialId: "chosen",
    "GET /v1/customers/{id}.id": "customer",
    "PATCH /v1/customers/{id}.id": "customer",
    "POST /v1/customers/{id}/merge.id": "customer",
    "POST /v1/customers/{id}/unmerge.id": "customer",
    "GET /v1/customers/{id}/conversations.id": "customer",
    "GET /v1/customers/{id}/timeline.id": "customer",
  },
  inputs: {
    "endUsers.identify": { email: "somebody@example.test" },
    "verification.check": { code: "123456" },
    "POST /v1/customers": { profile: { name: "Somebody" } },
    "POST /api/{tenant_id}/chat-users": { name: "Somebody" },
  },
  callers: {
    "endUsers.*": andKeys(supporters),
    "endUsers.delete": managers,
    "endUsers.export": managers,
    "endUsers.identitySecret": managers,
    "endUsers.rotateIdentitySecret": managers,
    "verification.*": andKeys(supporters),
    "GET /v1/customers": andKeys(supporters),
    "GET /v1/customers/{id}": andKeys(supporters),
    "GET /v1/customers/{id}/conversations": andKeys(supporters),
    "GET /v1/customers/{id}/timeline": andKeys(supporters),
    "POST /v1/customers": andKeys(supporters),
    "PATCH /v1/customers/{id}": andKeys(supporters),
    "POST /v1/customers/{id}/merge": andKeys(supporters),
    "POST /v1/customers/{id}/unmerge": andKeys(supporters),
    "GET /api/{tenant_id}/chat-users": andKeys(supporters),
    "GET /api/{tenant_id}/chat-users/{user_id}": andKeys(supporters),
    "POST /api/{tenant_id}/chat-users": andKeys(supporters),
    "PUT /api/{tenant_id}/chat-users/{user_id}": andKeys(supporters),
    "DELETE /api/{tenant_id}/chat-users/{user_id}": managers,
    "POST /api/widget/identity": ["visitor"],
  },
};
