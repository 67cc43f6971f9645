import { describe, expect, test } from "vitest";
import { shippedTemplates } from "./content/index.ts";
import { listTemplatesSchema, templateLocales, templateSchema } from "./templates.schema.ts";
import { findTemplate, listTemplates, templateGreetings, templateIcon } from "./templates.service.ts";

const each = shippedTemplates.flatMap(({ id, texts }) =>
  templateLocales.map((locale) => ({ id, locale, title: `${texts.en.name} in ${locale}` })),
);

test("there is one for each common use, and no two share an id or a name", () => {
  expect(shippedTemplates.map(({ texts }) => texts.en.name)).toEqual([
    "Frequently asked questions",
    "IT help desk",
    "HR policies",
    "Online shop",
    "Product documentation",
    "Community",
  ]);
  expect(new Set(shippedTemplates.map(({ id }) => id)).size).toBe(shippedTemplates.length);
  expect(new Set(templateGreetings().flatMap(Object.values)).size).toBe(shippedTemplates.length * 3);
});

describe.each(each)("$title", ({ id, locale }) => {
  const template = templateSchema.parse(findTemplate(id, locale));

  test("has settings that a bot may have", () => {
    const { chunkSize, overlap, topK } = template.defaultRagConfig;
    expect(chunkSize).toBeGreaterThanOrEqual(200);
    expect(chunkSize).toBeLessThanOrEqual(2000);
    expect(overlap).toBeLessThanOrEqual(Math.min(200, chunkSize / 2));
    expect(topK).toBeGreaterThanOrEqual(1);
    expect(topK).toBeLessThanOrEqual(10);
  });

  test("has texts that fit where they go, with no blank to fill in", () => {
    const { name, description, sampleSystemPrompt, sampleQueries, suggestedSources, widgetDefaults } =
      template;
    expect(name.length).toBeLessThanOrEqual(100);
    expect(description.length).toBeLessThanOrEqual(200);
    expect(sampleSystemPrompt.length).toBeGreaterThan(700);
    expect(sampleSystemPrompt.length).toBeLessThan(4_000);
    expect(widgetDefaults.greeting.length).toBeLessThanOrEqual(120);
    expect([5, 6]).toContain(sampleQueries.length);
    expect(new Set(sampleQueries).size).toBe(sampleQueries.length);
    expect(suggestedSources.length).toBeGreaterThanOrEqual(5);
    const all = [name, description, sampleSystemPrompt, ...sampleQueries, ...suggestedSources];
    for (const text of all) {
      expect(text).not.toMatch(/[[\]{}<>]|TODO|XXX/);
      expect(text.trim()).toBe(text);
      expect(/\p{Script=Arabic}/u.test(text)).toBe(locale === "ar");
    }
    // tone, doubt, a person, safety: with as many rules as in the other languages
    const parts = (prompt: string) => prompt.split("\n\n").map((part) => part.split("\n").length);
    const english = findTemplate(id)?.sampleSystemPrompt ?? "";
    expect(parts(sampleSystemPrompt)).toHaveLength(5);
    expect(parts(sampleSystemPrompt)).toEqual(parts(english));
  });

  test("has a picture that loads nothing and runs nothing", () => {
    const icon = templateIcon(id);
    expect(icon).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*<\/svg>$/);
    expect(icon).not.toMatch(/script|href|url\(|\son\w+=/i);
  });
});

describe("the list", () => {
  const list = (input: Parameters<typeof listTemplatesSchema.parse>[0]) =>
    listTemplates(listTemplatesSchema.parse(input));
  const namesOf = (input: Parameters<typeof list>[0]) => list(input).items.map(({ name }) => name);

  test("is in the order that is asked for, and has no other", () => {
    const byName = [
      "Community",
      "Frequently asked questions",
      "HR policies",
      "IT help desk",
      "Online shop",
      "Product documentation",
    ];
    expect(namesOf({})).toEqual(byName);
    expect(namesOf({ sort: "name", direction: "desc" })).toEqual(byName.toReversed());
    const categories = (direction: "asc" | "desc") =>
      list({ sort: "category", direction }).items.map(({ category }) => category);
    expect(categories("asc")).toEqual(categories("asc").toSorted());
    expect(categories("desc")).toEqual(categories("asc").toReversed());
    const dates = list({ sort: "newest" }).items.map(({ createdAt }) => createdAt.getTime());
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
  });

  test("is searched in its own language, whatever the case", () => {
    expect(namesOf({ search: "hr POLICIES" })).toEqual(["HR policies"]);
    expect(namesOf({ search: "congés", locale: "fr" })).toEqual(["Règles RH"]);
    expect(namesOf({ search: "congés" })).toEqual([]);
    expect(namesOf({ search: "متجر", locale: "ar" })).toEqual(["متجر إلكتروني"]);
    expect(namesOf({ search: ".*" })).toEqual([]);
  });

  test("is whole over its pages", () => {
    const pages = [1, 2, 3, 4].map((page) => list({ page, pageSize: 2 }));
    expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 2, 0]);
    expect(pages.flatMap(({ items }) => items.map(({ name }) => name))).toEqual(namesOf({}));
    expect(list({ category: "workplace" })).toMatchObject({ total: 2 });
  });
});
