import { z } from "zod";
import { paginate, paginatedSchema } from "../../../faces/pagination.ts";
import { tenantProcedure } from "../../../faces/trpc/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { trustBrowser } from "../second-factor/show.ts";
import { shownDevice } from "./device-cookie.ts";
import { listTrusted, revokeDevice } from "./trust.ts";

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
      const shown = shownDevice(ctx.browser.headers, ctx.publicUrl.startsWith("https:"));
      const { devices, total } = await listTrusted(ctx, { ...input, shown });
      return paginate("/trpc/enterpriseSecurity.listTrustedDevices", input, devices, total);
    }),
  trustDevice: tenantProcedure
    .input(z.object({ name: z.string().trim().min(1).max(60).optional() }).default({}))
    .output(deviceSchema)
    .mutation(({ ctx, input }) => {
      if (ctx.principal?.secondFactor === "shown") return trustBrowser(ctx, ctx.browser, input.name);
      throw new AppError("ILLEGAL_TRANSITION", "Show a second factor in this session first.");
    }),
  revokeTrustedDevice: tenantProcedure
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await revokeDevice(ctx, input.id);
      return { success: true as const };
    }),
};
