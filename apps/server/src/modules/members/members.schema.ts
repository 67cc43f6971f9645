import { z } from "zod";
import { memberStatuses } from "../identity/index.ts";

/** One of the product's roles, or the id of one of the tenant's own. */
export const roleId = z.string().trim().min(1).max(40);
/** As accounts keep them: in lower case, because nobody has two addresses that differ in it. */
export const emailAddress = z.string().trim().toLowerCase().pipe(z.email().max(254));
export const personName = z.string().trim().min(1).max(100);
export const skillList = z
  .array(z.string().trim().toLowerCase().min(1).max(40))
  .max(30)
  .transform((words) => [...new Set(words)]);

export const pageOfList = z.object({
  page: z.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
  search: z.string().trim().max(100).optional(),
});

const named = z.object({ id: z.uuid(), name: z.string() });

/** A person in the caller's tenant. */
export const memberSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  image: z.string().nullable(),
  role: z.string(),
  roleName: z.string(),
  /** `deactivated` is here, by a colleague; `suspended` everywhere, by whoever runs the installation. */
  status: z.enum(memberStatuses),
  /** The one that they joined first is first. */
  teams: z.array(named),
  skills: z.array(z.string()),
  joinedAt: z.date(),
  deactivatedAt: z.date().nullable(),
  /** What the caller may do with them. */
  can: z.object({
    update: z.boolean(),
    /** Name and way in are theirs alone once they belong to another workspace too. */
    rename: z.boolean(),
    /** By a link to choose another one. */
    resetPassword: z.boolean(),
    changeRole: z.boolean(),
    deactivate: z.boolean(),
    reactivate: z.boolean(),
  }),
});
export type Member = z.output<typeof memberSchema>;

export const listMembersSchema = pageOfList
  .extend({
    role: roleId.optional(),
    teamId: z.uuid().optional(),
    status: z.enum(memberStatuses).optional(),
  })
  .prefault({});

export const ofUser = z.object({ userId: z.uuid() });

export const updateMemberSchema = ofUser.extend({
  name: personName.optional(),
  skills: skillList.optional(),
  /** All the teams that they are to be in. */
  teamIds: z.array(z.uuid()).max(50).optional(),
});

export const updateRoleSchema = ofUser.extend({ role: roleId });

export const invitationSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string().nullable(),
  role: z.string(),
  roleName: z.string(),
  team: named.nullable(),
  skills: z.array(z.string()),
  invitedBy: named,
  createdAt: z.date(),
  expiresAt: z.date(),
  status: z.enum(["pending", "expired"]),
  can: z.object({ resend: z.boolean(), revoke: z.boolean() }),
});
export type Invitation = z.output<typeof invitationSchema>;

/** An invitation just made. */
export const sentInvitationSchema = invitationSchema.extend({
  /** To hand over by oneself, shown this once; null when it went by mail. */
  link: z.url().nullable(),
});
export type SentInvitation = z.output<typeof sentInvitationSchema>;

export const inviteSchema = z.object({
  emails: z.array(emailAddress).min(1).max(20),
  role: roleId.default("member"),
  teamId: z.uuid().optional(),
});

export const invitedSchema = z.object({
  invitations: z.array(sentInvitationSchema),
  /** Addresses that belong to members already, also to deactivated ones: nothing was sent to them. */
  alreadyMembers: z.array(z.string()),
});

export const ofInvitation = z.object({ invitationId: z.uuid() });

/** Of 256 random bits; anything else is no token. */
export const invitationToken = z.string().min(1).max(200);

/** What whoever holds the link is told before they accept. */
export const openInvitationSchema = z.object({
  email: z.string(),
  name: z.string().nullable(),
  tenant: z.object({ name: z.string() }),
  inviter: z.object({ name: z.string() }),
  role: z.string(),
  roleName: z.string(),
  expiresAt: z.date(),
  /** Whether the address has an account: then its owner signs in to accept, instead of choosing a password. */
  hasAccount: z.boolean(),
});

export const acceptInvitationSchema = z.object({
  token: invitationToken,
  name: personName.optional(),
  password: z.string().min(8).max(256).optional(),
});
