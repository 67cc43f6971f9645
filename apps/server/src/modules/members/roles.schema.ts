import { z } from "zod";
import { allRights, rightsByCapability } from "../identity/index.ts";
import { roleId } from "./members.schema.ts";

export const right = z.enum(allRights);
const capability = z.enum(rightsByCapability.map(({ name }) => name));

export const roleSchema = z.object({
  /** The product's are known by their name. */
  id: z.string(),
  name: z.string(),
  description: z.string(),
  builtIn: z.boolean(),
  rights: z.array(right),
  /** Members who have it, deactivated ones too. */
  members: z.number(),
  updatedAt: z.date().nullable(),
  can: z.object({
    /** To a member, or in an invitation. */
    give: z.boolean(),
    update: z.boolean(),
    remove: z.boolean(),
  }),
});
export type Role = z.output<typeof roleSchema>;

export const listedRolesSchema = z.object({
  items: z.array(roleSchema),
  /** Every right there is, by capability, in the order in which people are shown them. */
  capabilities: z.array(z.object({ name: capability, rights: z.array(right) })),
});

const roleName = z.string().trim().min(1).max(60);
const description = z.string().trim().max(300);
const rights = z
  .array(right)
  .max(allRights.length)
  .transform((list) => [...new Set(list)]);

export const createRoleSchema = z.object({ name: roleName, description: description.default(""), rights });

export const updateRoleSchema = z.object({
  roleId: z.uuid(),
  name: roleName.optional(),
  description: description.optional(),
  rights: rights.optional(),
});

export const deleteRoleSchema = z.object({
  roleId: z.uuid(),
  /** Which role its members and invitations get; without it a role that somebody has stays. */
  moveTo: roleId.optional(),
});
