import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { v1PageQuery } from "../../faces/v1/envelope.ts";
import { v1ListRoute, v1Route } from "../../faces/v1/v1-route.ts";
import { createTeam, deleteTeam, getTeam, listTeamMembers, listTeams, updateTeam } from "./service/teams.ts";
import { createTeamSchema, type Team, updateTeamSchema } from "./teams.schema.ts";
import { toV1User, v1UserSchema } from "./v1-users.schema.ts";

const params = z.object({ id: z.uuid() });

const v1TeamSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  memberCount: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});

const toV1Team = ({ members, can: _can, ...team }: Team) => ({ ...team, memberCount: members });

/** Seed 004, "Teams (Admin)". */
export const v1TeamRoutes: Route[] = [
  v1ListRoute({
    path: "/teams",
    summary: "The workspace's teams by name.",
    query: v1PageQuery.extend({ search: z.string().trim().max(100).optional() }),
    data: v1TeamSchema,
    async run(ctx, { query }) {
      const { items, total } = await listTeams(ctx, query);
      return { items: items.map(toV1Team), total };
    },
  }),
  v1Route({
    method: "GET",
    path: "/teams/{id}",
    summary: "A team.",
    params,
    data: v1TeamSchema,
    run: async (ctx, { params }) => toV1Team(await getTeam(ctx, { teamId: params.id })),
  }),
  v1Route({
    method: "POST",
    path: "/teams",
    status: 201,
    summary: "Makes a team; its name is its own in the workspace.",
    body: createTeamSchema,
    data: v1TeamSchema,
    run: async (ctx, { body }) => toV1Team(await createTeam(ctx, body)),
  }),
  v1Route({
    method: "PATCH",
    path: "/teams/{id}",
    summary: "Changes a team's name or description.",
    params,
    body: updateTeamSchema.omit({ teamId: true }),
    data: v1TeamSchema,
    run: async (ctx, { params, body }) => toV1Team(await updateTeam(ctx, { teamId: params.id, ...body })),
  }),
  v1Route({
    method: "DELETE",
    path: "/teams/{id}",
    summary: "Deletes a team; its people stay members.",
    params,
    data: z.object({ id: z.uuid(), deleted: z.literal(true) }),
    async run(ctx, { params }) {
      await deleteTeam(ctx, { teamId: params.id });
      return { id: params.id, deleted: true as const };
    },
  }),
  v1ListRoute({
    path: "/teams/{id}/members",
    summary: "Who is in a team, by name.",
    params,
    query: v1PageQuery,
    data: v1UserSchema,
    async run(ctx, { params, query }) {
      const { items, total } = await listTeamMembers(ctx, { teamId: params.id, ...query });
      return { items: items.map(toV1User), total };
    },
  }),
];
