import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { v1ListRoute, v1Route } from "../../faces/v1/v1-route.ts";
import { skillList } from "./members.schema.ts";
import { setPassword } from "./service/credentials.ts";
import { createV1User, deactivateV1User, getV1User, listV1Users, updateV1User } from "./service/v1-users.ts";
import {
  createV1UserSchema,
  updateV1UserSchema,
  v1PasswordSchema,
  v1UserQuery,
  v1UserSchema,
} from "./v1-users.schema.ts";

const params = z.object({ id: z.uuid() });

/** Seed 004, "Users (Admin)". */
export const v1UserRoutes: Route[] = [
  v1ListRoute({
    path: "/users",
    summary: "The workspace's members by name; with status=invited who was invited and has not accepted yet.",
    query: v1UserQuery,
    data: v1UserSchema,
    run: (ctx, { query }) => listV1Users(ctx, query),
  }),
  v1Route({
    method: "GET",
    path: "/users/{id}",
    summary: "A member, or somebody who was invited.",
    params,
    data: v1UserSchema,
    run: (ctx, { params }) => getV1User(ctx, params.id),
  }),
  v1Route({
    method: "POST",
    path: "/users",
    status: 201,
    summary:
      "Invites somebody. They choose their password by the link, which is mailed; `inviteLink` is null then, and otherwise shown this once.",
    body: createV1UserSchema,
    data: v1UserSchema.extend({ inviteLink: z.url().nullable() }),
    run: (ctx, { body }) => createV1User(ctx, body),
  }),
  v1Route({
    method: "PATCH",
    path: "/users/{id}",
    summary: "Changes a member: all that is sent, or nothing. Whose role changes is signed out.",
    params,
    body: updateV1UserSchema,
    data: v1UserSchema,
    run: (ctx, { params, body }) => updateV1User(ctx, params.id, body),
  }),
  v1Route({
    method: "DELETE",
    path: "/users/{id}",
    summary: "Deactivates a member, whose sessions and API keys end at once; or takes an invitation back.",
    params,
    data: z.object({ id: z.uuid(), status: z.literal("inactive") }),
    async run(ctx, { params }) {
      await deactivateV1User(ctx, params.id);
      return { id: params.id, status: "inactive" as const };
    },
  }),
  v1Route({
    method: "PATCH",
    path: "/users/{id}/skills",
    summary: "What a member knows about: all of it, in words of the workspace's.",
    params,
    body: z.object({ skills: skillList }),
    data: v1UserSchema,
    run: (ctx, { params, body }) => updateV1User(ctx, params.id, body),
  }),
  v1Route({
    method: "PATCH",
    path: "/users/{id}/password",
    limit: "signIn",
    summary:
      "Sets one's own password, with currentPassword, or that of a member who belongs to this workspace alone. All their sessions end.",
    params,
    body: v1PasswordSchema,
    data: z.object({ id: z.uuid(), changed: z.literal(true) }),
    async run(ctx, { params, body }) {
      await setPassword(ctx, { userId: params.id, ...body });
      return { id: params.id, changed: true as const };
    },
  }),
];
