import { z } from "zod";
import { customerStatuses } from "./customers.tables.ts";
import { identityKinds, identitySources } from "./customers.types.ts";

const words = (length: number) =>
  z
    .string()
    .overwrite((text) => text.toWellFormed().replaceAll("\0", "")) // what no database keeps
    .trim()
    .min(1)
    .max(length);

/** Words of the workspace's own, each once and in lower case. */
const wordList = z
  .array(words(50).overwrite((word) => word.toLowerCase()))
  .max(50)
  .overwrite((list) => [...new Set(list)]);

const jsonLength = 16_000;
const metadata = z
  .record(z.string().max(100), z.json())
  .refine((value) => JSON.stringify(value).length <= jsonLength, {
    message: `At most ${jsonLength.toLocaleString("en")} characters as JSON.`,
  });

/** By what they are known, all of each kind: a list that is given replaces what was linked before. */
export const identityLists = z.object({
  emails: z.array(z.string().max(320)).max(20).optional(),
  phoneNumbers: z.array(z.string().max(40)).max(20).optional(),
  /** One account at each provider. */
  socialIds: z.record(words(40), z.string().max(200)).optional(),
  deviceFingerprints: z.array(z.string().max(200)).max(50).optional(),
  externalIds: z.array(z.string().max(200)).max(20).optional(),
});
export type IdentityLists = z.output<typeof identityLists>;

/** What colleagues and the tenant's own programs say of a customer. */
export const customerFields = z.object({
  name: words(200).nullish(),
  company: words(200).nullish(),
  avatarUrl: z
    .url({ protocol: /^https$/, error: "An avatar's address begins with https://." })
    .max(2_000)
    .nullish(),
  locale: words(35).nullish(),
  status: z.enum(customerStatuses).optional(),
  slaTier: words(50)
    .overwrite((tier) => tier.toLowerCase())
    .nullish(),
  tags: wordList.optional(),
  segments: wordList.optional(),
  riskFlags: wordList.optional(),
  metadata: metadata.optional(),
});
export type CustomerFields = z.output<typeof customerFields>;

/** Filters of every list of customers; of several tags or segments a customer has all. */
export const customerFilter = z.object({
  search: z.string().trim().min(1).max(200).optional(),
  slaTier: z.string().trim().toLowerCase().max(50).optional(),
  tags: z.array(z.string().trim().toLowerCase().max(50)).max(20).optional(),
  segments: z.array(z.string().trim().toLowerCase().max(50)).max(20).optional(),
  status: z.enum(customerStatuses).optional(),
});
export type CustomerFilter = z.output<typeof customerFilter>;

export const identitySchema = z.object({
  id: z.uuid(),
  kind: z.enum(identityKinds),
  provider: z.string().nullable(),
  value: z.string(),
  verifiedAt: z.date().nullable(),
  /** How it came; `merge` when it came with another customer, whose evidence `source` was. */
  source: z.enum(identitySources),
  mergeId: z.uuid().nullable(),
  linkedBy: z.object({ kind: z.string(), id: z.string() }),
  createdAt: z.date(),
});
export type Identity = z.output<typeof identitySchema>;

export const customerSchema = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  company: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  locale: z.string().nullable(),
  status: z.enum(customerStatuses),
  slaTier: z.string().nullable(),
  tags: z.array(z.string()),
  segments: z.array(z.string()),
  riskFlags: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
  /** Who they turned out to be; null: they stand for themselves. */
  mergedIntoId: z.uuid().nullable(),
  version: z.number().int(),
  identities: z.array(identitySchema),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Customer = z.output<typeof customerSchema>;
