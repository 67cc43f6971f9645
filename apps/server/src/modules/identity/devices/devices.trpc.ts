import { z } from "zod";
import { paginate, paginatedSchema } from "../../../faces/pagination.ts";
import type { Principal } from "../../../faces/principal.ts";
import { tenantProcedure } from "../../../faces/trpc/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { type Asking, listTrusted, revokeDevice, trustDevice } from "./trust.ts";

const deviceSchema = z.object({
  id: z.uuid(),
  /** What its person calls it, or what it calls itself: "Firefox · Windows". */
  name: z.string(),
  /** From where it was used last. */
  ipAddress: z.string().nullable(),
  lastUsedAt: z.date(),
  trustedUntil: z.date().nullable(),
  createdAt: z.date(),
  /** Whether it is the one that asks. */
  isCurrent: z.boolean(),
});

const listSchema = z.object({
  page: z.number().int().min(1).max(10_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});

/** Seed 000: devices on which one's own account is asked for no code; `enterpriseSecurity` has them. */
export const trustedDeviceProcedures = {
  listTrustedDevices: tenantProcedure
    .input(listSchema.default({ page: 1, pageSize: 20 }))
    .output(paginatedSchema(deviceSchema))
    .query(async ({ ctx, input }) => {
      const { devices, total } = await listTrusted(ctx, asking(ctx), input);
      return paginate("/trpc/enterpriseSecurity.listTrustedDevices", input, devices, total);
    }),
  trustDevice: tenantProcedure
    .input(z.object({ name: z.string().trim().min(1).max(60).optional() }).default({}))
    .output(deviceSchema)
    .mutation(({ ctx, input }) => trustDevice(ctx, asking(ctx), input.name)),
  revokeTrustedDevice: tenantProcedure
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await revokeDevice(ctx, asking(ctx), input.id);
      return { success: true as const };
    }),
};

function asking({ principal }: { principal: Principal | null }): Asking {
  if (principal) return { userId: principal.user.id, sessionId: principal.sessionId };
  throw new AppError("FORBIDDEN", "Only a person has devices.");
}
