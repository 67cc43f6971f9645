import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { useLanguage } from "../../lib/i18n.ts";
import type { Template } from "../../lib/models.ts";
import { trpc } from "../../lib/trpc.ts";

/** Templates ship with the server: what was read stays true while the console is open. */
const staleTime = Number.POSITIVE_INFINITY;

export type TemplateCategory = Template["category"];
export const templateCategories = [
  "customers",
  "workplace",
  "software",
  "community",
] as const satisfies readonly TemplateCategory[];

/** The templates in the reader's language, in the order of their names. */
export function useTemplates(filter: { search?: string; category?: TemplateCategory } = {}) {
  const locale = useLanguage();
  return useQuery(
    trpc.template.list.queryOptions(
      { locale, pageSize: 100, ...filter },
      { staleTime, placeholderData: keepPreviousData },
    ),
  );
}

/** One template in the reader's language; its data is null when there is none such. */
export function useTemplate(id: string | null | undefined) {
  const locale = useLanguage();
  return useQuery(trpc.template.byId.queryOptions(id ? { id, locale } : skipToken, { staleTime }));
}
