import { z } from "zod";
import { v1PageQuery } from "../../faces/v1/envelope.ts";
import type { Customer } from "../customers/index.ts";
import { customerFields, customerFilter, identityLists } from "../customers/index.ts";
import { type CustomerDetail, conversationBriefSchema, statsSchema } from "./customer-care.schema.ts";

/** `?tags=vip&tags=enterprise`, or `?tags=vip,enterprise`. */
const queryList = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((text) => text.split(",")))
  .pipe(z.array(z.string().trim().toLowerCase().min(1).max(50)).max(20));

export const v1CustomerQuery = v1PageQuery
  .extend(customerFilter.shape)
  .extend({ tags: queryList.optional(), segments: queryList.optional() });

const profileFields = customerFields.pick({ name: true, company: true, avatarUrl: true });

/** What is sent to make or change a customer, in the shape in which one is answered. */
export const v1CustomerBody = customerFields
  .omit({ name: true, company: true, avatarUrl: true })
  .extend({ profile: profileFields.optional(), identityGraph: identityLists.optional() });

export const v1UpdateBody = v1CustomerBody.extend({
  /** As it was read: who saves over a newer one gets CONFLICT. */
  version: z.number().int().min(1).optional(),
});

/** The fields of a verb's input that a body names. */
export function fromV1Body({ profile, identityGraph, ...rest }: z.output<typeof v1CustomerBody>) {
  return { ...profile, ...rest, identities: identityGraph };
}

/** Seed 004, "GET /customers"; `status`, `metadata`, `version`, `mergedIntoId` and `updatedAt` are ours. */
export const v1CustomerSchema = z.object({
  id: z.uuid(),
  identityGraph: z.object({
    emails: z.array(z.string()),
    phoneNumbers: z.array(z.string()),
    socialIds: z.record(z.string(), z.string()),
    deviceFingerprints: z.array(z.string()),
    externalIds: z.array(z.string()),
  }),
  profile: z.object({
    name: z.string().nullable(),
    company: z.string().nullable(),
    avatarUrl: z.string().nullable(),
  }),
  status: z.string(),
  locale: z.string().nullable(),
  slaTier: z.string().nullable(),
  tags: z.array(z.string()),
  segments: z.array(z.string()),
  riskFlags: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
  mergedIntoId: z.uuid().nullable(),
  version: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});

export const v1CustomerDetailSchema = v1CustomerSchema.extend({
  stats: statsSchema,
  recentConversations: z.array(conversationBriefSchema),
});

export function toV1Customer(customer: Customer): z.input<typeof v1CustomerSchema> {
  const { name, company, avatarUrl, email, phone, identities, ...rest } = customer;
  const valuesOf = (kind: (typeof identities)[number]["kind"], shown: string | null = null) => {
    const values = identities.flatMap((identity) => (identity.kind === kind ? [identity.value] : []));
    // what lists show stands first; an address may be shown that is another customer's by right
    return shown === null ? values : [...new Set([shown, ...values])];
  };
  return {
    ...rest,
    identityGraph: {
      emails: valuesOf("email", email),
      phoneNumbers: valuesOf("phone", phone),
      socialIds: Object.fromEntries(
        identities.flatMap(({ kind, provider, value }) =>
          kind === "social" && provider ? [[provider, value]] : [],
        ),
      ),
      deviceFingerprints: valuesOf("device"),
      externalIds: valuesOf("external"),
    },
    profile: { name, company, avatarUrl },
  };
}

export function toV1Detail({
  stats,
  recentConversations,
  merged: _,
  ...customer
}: CustomerDetail): z.input<typeof v1CustomerDetailSchema> {
  return { ...toV1Customer(customer), stats, recentConversations };
}
