import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { protectedProcedure, publicProcedure, router } from "../../faces/trpc/index.ts";
import {
  acceptInvitationSchema,
  invitationSchema,
  invitationToken,
  invitedSchema,
  inviteSchema,
  listMembersSchema,
  memberSchema,
  ofInvitation,
  ofUser,
  openInvitationSchema,
  pageOfList,
  sentInvitationSchema,
  updateMemberSchema,
  updateRoleSchema,
} from "./members.schema.ts";
import { acceptInvitation, openInvitation } from "./service/accept-invitation.ts";
import { createResetLink, removeMembersSecondFactor } from "./service/credentials.ts";
import { invite, listInvitations, resendInvitation, revokeInvitation } from "./service/invite.ts";
import {
  deactivateMember,
  getMember,
  listMembers,
  reactivateMember,
  updateMemberRole,
} from "./service/manage-members.ts";
import { updateMember } from "./service/update-member.ts";

const success = z.object({ success: z.literal(true) });
const done = { success: true } as const;

/** Seed 000, `users.*`: the people of the caller's tenant. */
export const usersRouter = router({
  list: protectedProcedure
    .input(listMembersSchema)
    .output(paginatedSchema(memberSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listMembers(ctx, input);
      return paginate("/trpc/users.list", input, items, total);
    }),
  get: protectedProcedure
    .input(ofUser)
    .output(memberSchema)
    .query(({ ctx, input }) => getMember(ctx, input)),
  update: protectedProcedure
    .input(updateMemberSchema)
    .output(memberSchema)
    .mutation(({ ctx, input }) => updateMember(ctx, input)),
  updateRole: protectedProcedure
    .input(updateRoleSchema)
    .output(memberSchema)
    .mutation(({ ctx, input }) => updateMemberRole(ctx, input)),
  deactivate: protectedProcedure
    .input(ofUser)
    .output(memberSchema)
    .mutation(({ ctx, input }) => deactivateMember(ctx, input)),
  reactivate: protectedProcedure
    .input(ofUser)
    .output(memberSchema)
    .mutation(({ ctx, input }) => reactivateMember(ctx, input)),
  createResetLink: protectedProcedure
    .input(ofUser)
    .output(z.object({ link: z.url().nullable() }))
    .mutation(({ ctx, input }) => createResetLink(ctx, input)),
  removeSecondFactor: protectedProcedure
    .input(ofUser)
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await removeMembersSecondFactor(ctx, input);
      return { success: true as const };
    }),
  invite: protectedProcedure
    .input(inviteSchema)
    .output(invitedSchema)
    .mutation(({ ctx, input }) => invite(ctx, input)),
  listInvitations: protectedProcedure
    .input(pageOfList.prefault({}))
    .output(paginatedSchema(invitationSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listInvitations(ctx, input);
      return paginate("/trpc/users.listInvitations", input, items, total);
    }),
  resendInvitation: protectedProcedure
    .input(ofInvitation)
    .output(sentInvitationSchema)
    .mutation(({ ctx, input }) => resendInvitation(ctx, input)),
  revokeInvitation: protectedProcedure
    .input(ofInvitation)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await revokeInvitation(ctx, input);
      return done;
    }),
});

/** For whoever opens an invitation's link, signed in or not. */
export const invitedProcedures = {
  invitation: publicProcedure
    .meta({ auth: "public", limit: "signIn" })
    .input(z.object({ token: invitationToken }))
    .output(openInvitationSchema)
    .query(({ ctx, input }) => openInvitation(ctx.services, input.token)),
  acceptInvitation: publicProcedure
    .meta({ auth: "public", limit: "signIn" })
    .input(acceptInvitationSchema)
    .output(z.object({ tenant: z.object({ id: z.uuid(), name: z.string() }) }))
    .mutation(({ ctx, input }) => acceptInvitation(ctx.services, ctx, input)),
};
