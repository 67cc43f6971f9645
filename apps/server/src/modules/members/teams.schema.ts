import { z } from "zod";
import { pageOfList } from "./members.schema.ts";

export const teamSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  members: z.number(),
  createdAt: z.date(),
  updatedAt: z.date(),
  can: z.object({ update: z.boolean(), remove: z.boolean() }),
});
export type Team = z.output<typeof teamSchema>;

export const teamName = z.string().trim().min(1).max(60);
export const teamDescription = z.string().trim().max(300);

export const listTeamsSchema = pageOfList.prefault({});
export const ofTeam = z.object({ teamId: z.uuid() });
export const createTeamSchema = z.object({ name: teamName, description: teamDescription.default("") });
export const updateTeamSchema = ofTeam.extend({
  name: teamName.optional(),
  description: teamDescription.optional(),
});
export const teamMemberSchema = ofTeam.extend({ userId: z.uuid() });
