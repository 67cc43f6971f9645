import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { v1PageQuery } from "../../faces/v1/envelope.ts";
import { v1ListRoute, v1Route } from "../../faces/v1/v1-route.ts";
import { addCustomer, listCustomers, updateCustomer } from "../customers/index.ts";
import { conversationBriefSchema, timelineItemSchema } from "./customer-care.schema.ts";
import {
  fromV1Body,
  toV1Customer,
  toV1Detail,
  v1CustomerBody,
  v1CustomerDetailSchema,
  v1CustomerQuery,
  v1CustomerSchema,
  v1UpdateBody,
} from "./customers.v1-schema.ts";
import { getCustomer, listConversationsOf } from "./service/get-customer.ts";
import { mergeCustomers, unmergeCustomers } from "./service/merge-customers.ts";
import { readTimeline } from "./service/timeline.ts";

const params = z.object({ id: z.uuid() });
const mergeBody = z.object({ sourceCustomerId: z.uuid() });

/** Seed 004, "Customers"; `unmerge` is ours. */
export const v1CustomerRoutes: Route[] = [
  v1ListRoute({
    path: "/customers",
    summary: "Customers, the newest first. Of several tags or segments a customer has all.",
    query: v1CustomerQuery,
    data: v1CustomerSchema,
    async run(ctx, { query }) {
      const { items, ...total } = await listCustomers(ctx, query);
      return { items: items.map(toV1Customer), ...total };
    },
  }),
  v1Route({
    method: "GET",
    path: "/customers/{id}",
    summary: "A customer with all that they are known by, figures and their latest conversations.",
    params,
    data: v1CustomerDetailSchema,
    run: async (ctx, { params }) => toV1Detail(await getCustomer(ctx, { customerId: params.id })),
  }),
  v1Route({
    method: "POST",
    path: "/customers",
    status: 201,
    summary: "Makes a customer, with a name or something to know them by.",
    body: v1CustomerBody,
    data: v1CustomerSchema,
    run: async (ctx, { body }) => toV1Customer(await addCustomer(ctx, fromV1Body(body))),
  }),
  v1Route({
    method: "PATCH",
    path: "/customers/{id}",
    summary: "Changes what is sent of a customer. With `version`, only while nobody changed them since.",
    params,
    body: v1UpdateBody,
    data: v1CustomerSchema,
    run: async (ctx, { params, body: { version, ...body } }) =>
      toV1Customer(await updateCustomer(ctx, { customerId: params.id, version, ...fromV1Body(body) })),
  }),
  v1Route({
    method: "POST",
    path: "/customers/{id}/merge",
    summary:
      "Merges another customer into this one, with all that they are known by and their conversations.",
    params,
    body: mergeBody,
    data: v1CustomerDetailSchema,
    run: async (ctx, { params, body }) =>
      toV1Detail(await mergeCustomers(ctx, { ...body, targetCustomerId: params.id })),
  }),
  v1Route({
    method: "POST",
    path: "/customers/{id}/unmerge",
    summary:
      "Parts a customer again who was merged into this one, and answers them. The latest merge goes first.",
    params,
    body: mergeBody,
    data: v1CustomerDetailSchema,
    run: async (ctx, { params, body }) =>
      toV1Detail(await unmergeCustomers(ctx, { ...body, targetCustomerId: params.id })),
  }),
  v1ListRoute({
    path: "/customers/{id}/conversations",
    summary: "A customer's conversations, the newest first.",
    params,
    query: v1PageQuery,
    data: conversationBriefSchema,
    run: (ctx, { params, query }) => listConversationsOf(ctx, { customerId: params.id, ...query }),
  }),
  v1ListRoute({
    path: "/customers/{id}/timeline",
    summary: "All that happened with a customer over every channel, the latest first.",
    params,
    query: v1PageQuery,
    data: timelineItemSchema,
    run: (ctx, { params, query }) => readTimeline(ctx, { customerId: params.id, ...query }),
  }),
];
