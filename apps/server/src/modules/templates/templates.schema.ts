import { z } from "zod";

export const templateCategories = ["customers", "workplace", "software", "community"] as const;
export type TemplateCategory = (typeof templateCategories)[number];

export const templateLocales = ["en", "fr", "ar"] as const;
export type TemplateLocale = (typeof templateLocales)[number];
const locale = z.enum(templateLocales).default("en");

/** Seed 001, section 2.9; `suggestedSources` and `widgetDefaults` are beyond it. */
export const templateSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  /** A fixed word in every language; whoever shows it translates it. */
  category: z.enum(templateCategories),
  defaultRagConfig: z.object({ chunkSize: z.number(), overlap: z.number(), topK: z.number() }),
  sampleSystemPrompt: z.string(),
  sampleQueries: z.array(z.string()),
  /** A path on this server. */
  iconUrl: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
  /** Which documents to add first. */
  suggestedSources: z.array(z.string()),
  widgetDefaults: z.object({ greeting: z.string() }),
});
export type Template = z.infer<typeof templateSchema>;

export const templateSorts = ["name", "newest", "category"] as const;

export const listTemplatesSchema = z
  .object({
    page: z.number().int().min(1).default(1),
    pageSize: z.number().int().min(1).max(100).default(20),
    /** Words of its name or description. */
    search: z.string().trim().max(100).optional(),
    category: z.enum(templateCategories).optional(),
    sort: z.enum(templateSorts).default("name"),
    /** By default newest first, and names and categories from A to Z. */
    direction: z.enum(["asc", "desc"]).optional(),
    locale,
  })
  .prefault({});
export type ListTemplates = z.infer<typeof listTemplatesSchema>;

export const templateByIdSchema = z.object({ id: z.uuid(), locale });
