import { notFound } from "../../platform/errors/index.ts";
import { shippedTemplates } from "./content/index.ts";
import type { TemplateContent } from "./content/template-content.ts";
import type { ListTemplates, Template, TemplateLocale } from "./templates.schema.ts";

/** The template in a language; null when none has this id. */
export function findTemplate(id: string, locale: TemplateLocale = "en"): Template | null {
  const content = shippedTemplates.find((template) => template.id === id);
  return content ? describe(content, locale) : null;
}

/** One page of the templates. Ties are in the order of names, so that pages never overlap. */
export function listTemplates(input: ListTemplates): { items: Template[]; total: number } {
  const { locale, category } = input;
  const words = normal(input.search ?? "");
  const found = shippedTemplates
    .map((content) => describe(content, locale))
    .filter((template) => category === undefined || template.category === category)
    .filter(({ name, description }) => normal(`${name} ${description}`).includes(words))
    .sort(orderOf(input));
  const start = (input.page - 1) * input.pageSize;
  return { items: found.slice(start, start + input.pageSize), total: found.length };
}

/** What each template's widget says first, in every language: no owner wrote it, so it may be translated. */
export function templateGreetings(): Record<TemplateLocale, string>[] {
  return shippedTemplates.map(({ texts: { en, fr, ar } }) => ({
    en: en.greeting,
    fr: fr.greeting,
    ar: ar.greeting,
  }));
}

/** The template's picture, an SVG document. Throws NOT_FOUND. */
export function templateIcon(id: string): string {
  const content = shippedTemplates.find((template) => template.id === id);
  if (!content) throw notFound("The template");
  const { ground, strokes } = content.icon;
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">' +
    `<rect width="40" height="40" rx="9" fill="${ground}"/>` +
    '<g transform="translate(8 8)" fill="none" stroke="#fff" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">' +
    `${strokes}</g></svg>`
  );
}

function orderOf({ sort, direction, locale }: ListTemplates): (a: Template, b: Template) => number {
  const { compare } = new Intl.Collator(locale);
  const byName = (a: Template, b: Template) => compare(a.name, b.name) || compare(a.id, b.id);
  const sign = (direction ?? (sort === "newest" ? "desc" : "asc")) === "asc" ? 1 : -1;
  if (sort === "name") return (a, b) => sign * byName(a, b);
  if (sort === "category") return (a, b) => sign * compare(a.category, b.category) || byName(a, b);
  return (a, b) => sign * (a.createdAt.getTime() - b.createdAt.getTime()) || byName(a, b);
}

function normal(text: string): string {
  return text.normalize("NFKC").toLocaleLowerCase();
}

function describe(content: TemplateContent, locale: TemplateLocale): Template {
  const { greeting, ...texts } = content.texts[locale];
  return {
    id: content.id,
    category: content.category,
    defaultRagConfig: content.defaultRagConfig,
    ...texts,
    iconUrl: `/api/templates/${content.id}/icon.svg`,
    widgetDefaults: { greeting },
    createdAt: content.createdAt,
    updatedAt: content.updatedAt,
  };
}
