import { z } from "zod";

/** Seed 003's roles of the community: everybody who looks after the tenant is `admin` there. */
export const communityRoles = ["user", "contentEditor", "admin"] as const;
export type CommunityRole = (typeof communityRoles)[number];

/** Seed 003, `adminRouter.users.getAll`: names and bounds are the seed's. */
export const getAllSchema = z
  .object({
    role: z.enum(communityRoles).optional(),
    search: z.string().trim().max(100).optional(),
    limit: z.number().int().min(1).max(100).default(20),
    offset: z.number().int().min(0).max(1_000_000).default(0),
  })
  .prefault({});

export const communityUserSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: z.enum(communityRoles),
  language: z.enum(["en", "fr", "ar"]).nullable(),
  /** Nobody is asked on WhatsApp yet. */
  whatsapp_opt_in: z.boolean(),
  created_at: z.date(),
  /** The last time that they signed in, or nothing. */
  last_login: z.array(z.object({ created_at: z.date() })),
});
export type CommunityUser = z.input<typeof communityUserSchema>;

export const updateCommunityRoleSchema = z.object({ userId: z.uuid(), newRole: z.enum(communityRoles) });

export const updatedCommunityUserSchema = communityUserSchema.omit({ last_login: true });

export const dashboardSchema = z.object({
  metrics: z.object({
    totalUsers: z.number(),
    totalDocuments: z.number(),
    activePolls: z.number(),
    pendingTranslations: z.number(),
  }),
  /** The ten latest, newest first. */
  recentActivity: z.array(
    z.object({
      action: z.string(),
      resource: z.string(),
      created_at: z.date(),
      user: z.object({ name: z.string() }).nullable(),
    }),
  ),
});
