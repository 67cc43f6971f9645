import { z } from "zod";
import { v1PageQuery } from "../../faces/v1/envelope.ts";
import { emailAddress, type Invitation, type Member, roleId, skillList } from "./members.schema.ts";

/** Seed 004: `invited` has not accepted yet, `inactive` may not work here any more. */
export const v1UserStatuses = ["active", "inactive", "invited"] as const;

/** Seed 004, "Users", in the shape of its sign-in. */
export const v1UserSchema = z.object({
  /** Of somebody invited, the invitation's. */
  id: z.uuid(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  /** One of the product's roles, or the name of one of the workspace's own. */
  role: z.string(),
  /** By which the role is given: the id of a role of the workspace's own. */
  roleId: z.string(),
  teamId: z.uuid().nullable(),
  skills: z.array(z.string()),
  status: z.enum(v1UserStatuses),
  createdAt: z.date(),
});
export type V1User = z.input<typeof v1UserSchema>;

export const v1UserQuery = v1PageQuery.extend({
  search: z.string().trim().max(100).optional(),
  role: roleId.optional(),
  teamId: z.uuid().optional(),
  status: z.enum(v1UserStatuses).optional(),
});

const partOfName = z.string().trim().max(50);

export const createV1UserSchema = z.object({
  email: emailAddress,
  firstName: partOfName.optional(),
  lastName: partOfName.optional(),
  role: roleId.default("agent"),
  teamId: z.uuid().optional(),
  skills: skillList.optional(),
});

export const updateV1UserSchema = z.object({
  firstName: partOfName.min(1).optional(),
  lastName: partOfName.optional(),
  role: roleId.optional(),
  /** The one team that they are to be in; null: none. */
  teamId: z.uuid().nullable().optional(),
  skills: skillList.optional(),
  status: z.enum(["active", "inactive"]).optional(),
});

export const v1PasswordSchema = z.object({
  password: z.string().min(8).max(256),
  /** Needed to change one's own. */
  currentPassword: z.string().max(256).optional(),
});

export function toV1User(member: Member): V1User {
  const [team] = member.teams;
  return {
    id: member.id,
    email: member.email,
    ...splitName(member.name),
    role: member.roleName,
    roleId: member.role,
    teamId: team?.id ?? null,
    skills: member.skills,
    status: member.status === "active" ? "active" : "inactive",
    createdAt: member.joinedAt,
  };
}

export function toInvitedUser(invitation: Invitation): V1User {
  return {
    id: invitation.id,
    email: invitation.email,
    ...splitName(invitation.name ?? ""),
    role: invitation.roleName,
    roleId: invitation.role,
    teamId: invitation.team?.id ?? null,
    skills: invitation.skills,
    status: "invited",
    createdAt: invitation.createdAt,
  };
}

/** Accounts keep one name: its first word is taken for the first name. */
export function splitName(name: string): { firstName: string; lastName: string } {
  const [firstName = "", ...rest] = name.trim().split(/\s+/);
  return { firstName, lastName: rest.join(" ") };
}

/** The one name of two parts; undefined where there is neither. */
export function joinName(firstName: string | undefined, lastName: string | undefined): string | undefined {
  return [firstName, lastName].filter(Boolean).join(" ") || undefined;
}
