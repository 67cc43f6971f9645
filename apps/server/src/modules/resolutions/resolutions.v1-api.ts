import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { v1PageQuery } from "../../faces/v1/envelope.ts";
import { v1QueryList } from "../../faces/v1/query-list.ts";
import { v1ListRoute, v1Route } from "../../faces/v1/v1-route.ts";
import { priorities, resolutionStatuses } from "./resolution-state.ts";
import {
  addUpdateSchema,
  createResolutionSchema,
  plainText,
  resolveSchema,
  updateEtaSchema,
  updateResolutionSchema,
  updateSchema,
} from "./resolutions.schema.ts";
import {
  toV1CustomerUpdate,
  toV1Resolution,
  toV1Whole,
  v1CustomerUpdateSchema,
  v1ResolutionDetailSchema,
  v1ResolutionSchema,
  v1SendCustomerUpdateSchema,
} from "./resolutions.v1-schema.ts";
import { createResolution } from "./service/create-resolution.ts";
import { getResolution, listResolutions } from "./service/read-resolutions.ts";
import { sendCustomerUpdate } from "./service/send-customer-update.ts";
import { addUpdate, resolveResolution, updateEta, updateResolution } from "./service/update-resolution.ts";

const params = z.object({ id: z.uuid() });

/** Seed 004, "Resolutions". */
export const v1ResolutionRoutes: Route[] = [
  v1ListRoute({
    path: "/resolutions",
    summary: "The workspace's resolutions, the newest first.",
    query: v1PageQuery.extend({
      status: v1QueryList(z.enum(resolutionStatuses)).optional(),
      owningTeam: v1QueryList(plainText(60)).optional(),
      priority: v1QueryList(z.enum(priorities)).optional(),
      issueType: v1QueryList(plainText(60)).optional(),
      conversationId: z.uuid().optional(),
      slaBreached: z.stringbool().optional(),
      ownerId: z.uuid().optional(),
    }),
    data: v1ResolutionSchema,
    async run(ctx, { query }) {
      const { items, total } = await listResolutions(ctx, query);
      return { items: items.map(toV1Resolution), total };
    },
  }),
  v1Route({
    method: "GET",
    path: "/resolutions/{id}",
    summary: "A resolution with its conversation, swarm, updates and what the customer was told.",
    params,
    data: v1ResolutionDetailSchema,
    run: async (ctx, { params }) => toV1Whole(await getResolution(ctx, { resolutionId: params.id })),
  }),
  v1Route({
    method: "POST",
    path: "/resolutions",
    status: 201,
    summary: "Opens the work behind a conversation, which has one unfinished resolution at a time.",
    body: createResolutionSchema,
    data: v1ResolutionDetailSchema,
    run: async (ctx, { body }) => toV1Whole(await createResolution(ctx, body)),
  }),
  v1Route({
    method: "PATCH",
    path: "/resolutions/{id}",
    summary: "Changes what is sent: all of it, or nothing. With `version` only the one that was read.",
    params,
    body: updateResolutionSchema,
    data: v1ResolutionDetailSchema,
    run: async (ctx, { params, body }) =>
      toV1Whole(await updateResolution(ctx, { resolutionId: params.id, ...body })),
  }),
  v1Route({
    method: "POST",
    path: "/resolutions/{id}/update-eta",
    summary: "When it is expected to be solved; null withdraws that. Earlier expectations are kept.",
    params,
    body: updateEtaSchema,
    data: v1ResolutionDetailSchema,
    run: async (ctx, { params, body }) =>
      toV1Whole(await updateEta(ctx, { resolutionId: params.id, ...body })),
  }),
  v1Route({
    method: "POST",
    path: "/resolutions/{id}/add-update",
    status: 201,
    summary: "Notes something for colleagues; with the visibility `customer` it is sent to the customer too.",
    params,
    body: addUpdateSchema,
    data: updateSchema,
    run: (ctx, { params, body }) => addUpdate(ctx, { resolutionId: params.id, ...body }),
  }),
  v1Route({
    method: "POST",
    path: "/resolutions/{id}/send-customer-update",
    status: 201,
    summary:
      "Tells the customer in the conversation, by a template or in `customContent`. Repeated with the same `clientId` it is sent once.",
    params,
    body: v1SendCustomerUpdateSchema,
    data: v1CustomerUpdateSchema,
    run: async (ctx, { params, body }) =>
      toV1CustomerUpdate(await sendCustomerUpdate(ctx, { resolutionId: params.id, ...body })),
  }),
  v1Route({
    method: "POST",
    path: "/resolutions/{id}/resolve",
    summary: "It is solved. The customer is told with `sendCustomerNotification`.",
    params,
    body: resolveSchema,
    data: v1ResolutionDetailSchema,
    run: async (ctx, { params, body }) =>
      toV1Whole(await resolveResolution(ctx, { resolutionId: params.id, ...body })),
  }),
];
