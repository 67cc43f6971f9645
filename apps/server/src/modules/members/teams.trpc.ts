import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import {
  addTeamMember,
  createTeam,
  deleteTeam,
  listTeams,
  removeTeamMember,
  updateTeam,
} from "./service/teams.ts";
import {
  createTeamSchema,
  listTeamsSchema,
  ofTeam,
  teamMemberSchema,
  teamSchema,
  updateTeamSchema,
} from "./teams.schema.ts";

const success = z.object({ success: z.literal(true) });
const done = { success: true } as const;

/** Beyond the seeds' tRPC: what seed 004 asks of teams, for the console. Who is in one: `users.list({ teamId })`. */
export const teamsRouter = router({
  list: protectedProcedure
    .input(listTeamsSchema)
    .output(paginatedSchema(teamSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listTeams(ctx, input);
      return paginate("/trpc/teams.list", input, items, total);
    }),
  create: protectedProcedure
    .input(createTeamSchema)
    .output(teamSchema)
    .mutation(({ ctx, input }) => createTeam(ctx, input)),
  update: protectedProcedure
    .input(updateTeamSchema)
    .output(teamSchema)
    .mutation(({ ctx, input }) => updateTeam(ctx, input)),
  delete: protectedProcedure
    .input(ofTeam)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteTeam(ctx, input);
      return done;
    }),
  addMember: protectedProcedure
    .input(teamMemberSchema)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await addTeamMember(ctx, input);
      return done;
    }),
  removeMember: protectedProcedure
    .input(teamMemberSchema)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await removeTeamMember(ctx, input);
      return done;
    }),
});
