import { z } from "zod";

/** Seed 001, section 4.2. An image is an address only: the console shows initials, as it loads nothing from other sites. */
export const updateProfileSchema = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  image: z
    .url({ protocol: /^https?$/, error: "Expected an address that begins with http:// or https://." })
    .max(2_000)
    .nullish(),
});

export const changePasswordSchema = z.object({
  currentPassword: z.string().min(1).max(256),
  newPassword: z.string().min(8).max(256),
});
