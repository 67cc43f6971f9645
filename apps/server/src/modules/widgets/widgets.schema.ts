import { z } from "zod";

export const widgetLocales = ["en", "fr", "ar"] as const;

/** Seed 001, section 2.8, with the widget's own id, language and domains. */
export const widgetSchema = z.object({
  botId: z.uuid(),
  widgetId: z.uuid(),
  headerText: z.string(),
  primaryColor: z.string(),
  initialGreeting: z.string(),
  locale: z.enum(widgetLocales).nullable(),
  allowedDomains: z.array(z.string()),
  embedCode: z.string(),
  updatedAt: z.date(),
});
export type Widget = z.infer<typeof widgetSchema>;

/** `#rrggbb`, also given as `#rgb`. */
const color = z
  .string()
  .regex(/^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, "A colour such as #1d4ed8.")
  .transform((value) => (value.length === 4 ? value.replace(/[^#]/g, "$&$&") : value));

/** A host that may embed widgets, as it stands in a list. */
export const domainSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/,
    "A domain such as shop.example, *.shop.example or localhost:8080.",
  );

export const updateWidgetSchema = z.object({
  botId: z.uuid(),
  headerText: z.string().trim().min(1).max(100).optional(),
  primaryColor: color.optional(),
  initialGreeting: z.string().trim().min(1).max(500).optional(),
  locale: z.enum(widgetLocales).nullish(),
  allowedDomains: z.array(domainSchema).max(50).optional(),
});

/** What a visitor's widget gets when it opens. */
export const visitorSessionSchema = z.object({
  token: z.string(),
  conversationId: z.uuid(),
  status: z.string(),
  agent: z.object({ name: z.string() }).nullable(),
  lastEventId: z.number(),
  widget: z.object({
    headerText: z.string(),
    primaryColor: z.string(),
    greeting: z.string(),
    botName: z.string(),
    locale: z.enum(widgetLocales).nullable(),
  }),
});
export type VisitorSession = z.infer<typeof visitorSessionSchema>;
