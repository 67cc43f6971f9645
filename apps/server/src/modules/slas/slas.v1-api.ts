import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { v1PageQuery } from "../../faces/v1/envelope.ts";
import { v1ListRoute, v1Route } from "../../faces/v1/v1-route.ts";
import { deletePolicy } from "./service/policies.ts";
import { createV1Sla, getV1Sla, listV1Slas, updateV1Sla } from "./service/v1-slas.ts";
import { createV1SlaSchema, updateV1SlaSchema, v1SlaSchema } from "./v1-slas.schema.ts";

const params = z.object({ id: z.uuid() });

/** Seed 004, "SLA (Admin)". */
export const v1SlaRoutes: Route[] = [
  v1ListRoute({
    path: "/slas",
    summary:
      "What is promised to whom: policies by tier, with targets by severity and business hours, by name.",
    query: v1PageQuery,
    data: v1SlaSchema,
    run: (ctx, { query }) => listV1Slas(ctx, query),
  }),
  v1Route({
    method: "GET",
    path: "/slas/{id}",
    summary: "A policy.",
    params,
    data: v1SlaSchema,
    run: (ctx, { params }) => getV1Sla(ctx, params.id),
  }),
  v1Route({
    method: "POST",
    path: "/slas",
    status: 201,
    summary:
      "Makes the policy of a tier (`standard`: customers without one). `targets` are minutes by severity P0 to P3; without `businessHours` or `calendarId` they count around the clock. It holds for conversations that begin from now on.",
    body: createV1SlaSchema,
    data: v1SlaSchema,
    run: (ctx, { body }) => createV1Sla(ctx, body),
  }),
  v1Route({
    method: "PATCH",
    path: "/slas/{id}",
    summary:
      "Changes a policy: all that is sent, or nothing. `businessHours` change the calendar, also for other policies that count by it; null: around the clock.",
    params,
    body: updateV1SlaSchema,
    data: v1SlaSchema,
    run: (ctx, { params, body }) => updateV1Sla(ctx, params.id, body),
  }),
  v1Route({
    method: "DELETE",
    path: "/slas/{id}",
    summary: "Deletes a policy. What was promised by it in conversations that have begun holds.",
    params,
    data: z.object({ id: z.uuid(), deleted: z.literal(true) }),
    async run(ctx, { params }) {
      await deletePolicy(ctx, { policyId: params.id });
      return { id: params.id, deleted: true as const };
    },
  }),
];
