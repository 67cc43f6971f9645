import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { assertOwnTenant, ownTenantParams } from "../../faces/tenant-api/own-tenant.ts";
import { tellTotal, tenantApiPageQuery, tenantApiRoute } from "../../faces/tenant-api/tenant-api-route.ts";
import {
  addCustomer,
  type Customer,
  customerFields,
  listCustomers,
  updateCustomer,
} from "../customers/index.ts";
import { eraseCustomer } from "./service/erase-customer.ts";
import { getCustomer } from "./service/get-customer.ts";

const byUser = ownTenantParams.extend({ user_id: z.uuid() });

const chatUserBody = customerFields
  .pick({ name: true, metadata: true, status: true, tags: true })
  .extend({ email: z.string().max(320).nullish(), phone: z.string().max(40).nullish() });

const chatUserSchema = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  status: z.string(),
  tags: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
  created_at: z.date(),
  updated_at: z.date(),
});

/** Seed 002's chat users, who are customers. */
export const chatUserRoutes: Route[] = [
  tenantApiRoute({
    method: "GET",
    path: "/{tenant_id}/chat-users",
    summary: "The tenant's chat users, the newest first.",
    params: ownTenantParams,
    query: tenantApiPageQuery.extend({ search: z.string().trim().min(1).max(200).optional() }),
    response: z.array(chatUserSchema),
    async run(ctx, { params, query: { page, limit, search }, reply }) {
      assertOwnTenant(ctx, params);
      const { items, total } = await listCustomers(ctx, { page, pageSize: limit, search });
      tellTotal(reply, total);
      return items.map(toChatUser);
    },
  }),
  tenantApiRoute({
    method: "POST",
    path: "/{tenant_id}/chat-users",
    summary: "Makes a chat user, with a name, an e-mail address or a number.",
    status: 201,
    params: ownTenantParams,
    body: chatUserBody,
    response: chatUserSchema,
    async run(ctx, { params, body }) {
      assertOwnTenant(ctx, params);
      return toChatUser(await addCustomer(ctx, fromBody(body)));
    },
  }),
  tenantApiRoute({
    method: "GET",
    path: "/{tenant_id}/chat-users/{user_id}",
    summary: "A chat user.",
    params: byUser,
    response: chatUserSchema,
    async run(ctx, { params }) {
      assertOwnTenant(ctx, params);
      return toChatUser(await getCustomer(ctx, { customerId: params.user_id }));
    },
  }),
  tenantApiRoute({
    method: "PUT",
    path: "/{tenant_id}/chat-users/{user_id}",
    summary:
      "Changes what is sent of a chat user. An e-mail address or number takes the place of those before.",
    params: byUser,
    body: chatUserBody,
    response: chatUserSchema,
    async run(ctx, { params, body }) {
      assertOwnTenant(ctx, params);
      return toChatUser(await updateCustomer(ctx, { customerId: params.user_id, ...fromBody(body) }));
    },
  }),
  tenantApiRoute({
    method: "DELETE",
    path: "/{tenant_id}/chat-users/{user_id}",
    summary: "Erases a chat user's personal data for good. Their conversations stay without them.",
    params: byUser,
    response: z.object({ id: z.uuid(), deleted: z.literal(true) }),
    async run(ctx, { params }) {
      assertOwnTenant(ctx, params);
      await eraseCustomer(ctx, { customerId: params.user_id });
      return { id: params.user_id, deleted: true as const };
    },
  }),
];

function fromBody({ email, phone, ...fields }: z.output<typeof chatUserBody>) {
  const listOf = (value: string | null | undefined) =>
    value === undefined ? undefined : value === null ? [] : [value];
  return { ...fields, identities: { emails: listOf(email), phoneNumbers: listOf(phone) } };
}

function toChatUser(customer: Customer): z.input<typeof chatUserSchema> {
  const { id, name, email, phone, status, tags, metadata, createdAt, updatedAt } = customer;
  return { id, name, email, phone, status, tags, metadata, created_at: createdAt, updated_at: updatedAt };
}
