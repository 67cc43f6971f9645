import { z } from "zod";
import { protectedProcedure, router, tenantProcedure } from "../../faces/trpc/index.ts";
import {
  checkVerification,
  customerFields,
  customerFilter,
  customerSchema,
  getIdentitySecret,
  identify,
  identityLists,
  listCustomers,
  rotateIdentitySecret,
  sendVerification,
  updateCustomer,
} from "../customers/index.ts";
import { customerDetailSchema, timelineItemSchema } from "./customer-care.schema.ts";
import { eraseCustomer } from "./service/erase-customer.ts";
import { exportCustomer, exportSchema } from "./service/export-customer.ts";
import { getCustomer } from "./service/get-customer.ts";
import { mergeCustomers, unmergeCustomers } from "./service/merge-customers.ts";
import { readTimeline } from "./service/timeline.ts";

const byId = z.object({ customerId: z.uuid() });
const page = z.object({
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});
/** `total`: all that there are, or the least, where not all of many are counted. */
const told = z.object({ total: z.number().int(), isTotalExact: z.boolean() });
const mergeInput = z.object({ sourceCustomerId: z.uuid(), targetCustomerId: z.uuid() });

const claims = z.object({
  /** The id by which the caller's own site knows them. */
  externalId: z.string().trim().min(1).max(200).optional(),
  email: z.string().max(320).optional(),
  phone: z.string().max(40).optional(),
  name: z.string().trim().min(1).max(200).optional(),
  company: z.string().trim().min(1).max(200).optional(),
});

/** What is said of somebody, or what a site signed of them (a JSON Web Token, HS256): one of the two. */
const identifyInput = claims
  .extend({ identityToken: z.string().min(1).max(8_000).optional() })
  .refine(
    ({ identityToken, externalId, email, phone }) =>
      (identityToken !== undefined) !== [externalId, email, phone].some((value) => value !== undefined),
    { message: "Send identityToken alone, or at least one of externalId, email and phone without it." },
  );

/** Seed 000's end users, who are customers. `merge`, `unmerge`, `export` and the identity secret are ours. */
export const endUsersRouter = router({
  identify: tenantProcedure
    .input(identifyInput)
    .output(
      z.object({
        customer: customerSchema,
        created: z.boolean(),
        conflicts: z.array(z.object({ kind: z.string(), customerId: z.uuid() })),
      }),
    )
    .mutation(({ ctx, input }) => identify(ctx, input)),
  list: tenantProcedure
    .input(customerFilter.extend(page.shape).prefault({}))
    .output(told.extend({ items: z.array(customerSchema) }))
    .query(({ ctx, input }) => listCustomers(ctx, input)),
  get: tenantProcedure
    .input(byId)
    .output(customerDetailSchema)
    .query(({ ctx, input }) => getCustomer(ctx, input)),
  update: tenantProcedure
    .input(
      customerFields.extend({
        customerId: z.uuid(),
        version: z.number().int().min(1).optional(),
        identities: identityLists.optional(),
      }),
    )
    .output(customerSchema)
    .mutation(({ ctx, input }) => updateCustomer(ctx, input)),
  /** Erases the person: their conversations stay without them. */
  delete: tenantProcedure
    .input(byId)
    .output(z.object({ customerId: z.uuid(), erased: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await eraseCustomer(ctx, input);
      return { ...input, erased: true as const };
    }),
  activity: tenantProcedure
    .input(byId.extend(page.shape))
    .output(told.extend({ items: z.array(timelineItemSchema) }))
    .query(({ ctx, input }) => readTimeline(ctx, input)),
  merge: tenantProcedure
    .input(mergeInput)
    .output(customerDetailSchema)
    .mutation(({ ctx, input }) => mergeCustomers(ctx, input)),
  unmerge: tenantProcedure
    .input(mergeInput)
    .output(customerDetailSchema)
    .mutation(({ ctx, input }) => unmergeCustomers(ctx, input)),
  /** A mutation, because it leaves its trace in the audit log. */
  export: tenantProcedure
    .input(byId)
    .output(exportSchema)
    .mutation(({ ctx, input }) => exportCustomer(ctx, input)),
  identitySecret: protectedProcedure
    .output(z.object({ isSet: z.boolean(), createdAt: z.date().nullable() }))
    .query(({ ctx }) => getIdentitySecret(ctx)),
  rotateIdentitySecret: protectedProcedure
    .output(z.object({ secret: z.string(), previousUntil: z.date().nullable() }))
    .mutation(({ ctx }) => rotateIdentitySecret(ctx)),
});

/** Seed 000's verification: a code by which a customer proves that an address is theirs. */
export const verificationRouter = router({
  send: tenantProcedure
    .input(
      z.object({
        customerId: z.uuid(),
        channel: z.enum(["email", "sms"]).default("email"),
        /** The customer's own address unless said. */
        to: z.string().max(320).optional(),
      }),
    )
    .output(z.object({ verificationId: z.uuid(), expiresAt: z.date() }))
    .mutation(({ ctx, input }) => sendVerification(ctx, input)),
  check: tenantProcedure
    .input(
      z.object({
        verificationId: z.uuid(),
        code: z.string().regex(/^\d{6}$/, "A code has six digits."),
      }),
    )
    .output(
      z.object({ verified: z.literal(true), customerId: z.uuid(), otherCustomerId: z.uuid().nullable() }),
    )
    .mutation(({ ctx, input }) => checkVerification(ctx, input)),
});
