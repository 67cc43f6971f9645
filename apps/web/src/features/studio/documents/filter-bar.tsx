import { Search } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import type { BotSource } from "../../../lib/models.ts";
import { Select, TextField } from "../../../ui/index.ts";
import { shortUrl } from "../sources/index.ts";
import { type DocumentFilter, statusFilters } from "./document-filter.ts";
import { documentsTabStrings } from "./strings.ts";

/** Narrows a long list by name, state and where a document came from. */
export function FilterBar({
  filter,
  sources,
  onChange,
}: {
  filter: DocumentFilter;
  sources: readonly BotSource[];
  onChange: (filter: DocumentFilter) => void;
}) {
  const t = useT(documentsTabStrings);
  return (
    <search aria-label={t("filter.label")} className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      <TextField
        label={t("filter.name")}
        labelHidden
        placeholder={t("filter.name")}
        type="search"
        icon={<Search className="size-4" aria-hidden />}
        className="col-span-2"
        value={filter.text}
        onChange={({ target }) => onChange({ ...filter, text: target.value })}
      />
      <Select
        label={t("filter.status")}
        labelHidden
        value={filter.status}
        options={statusFilters.map((value) => ({ value, label: t(`filter.status.${value}`) }))}
        onChange={(status) => onChange({ ...filter, status })}
      />
      <Select
        label={t("filter.source")}
        labelHidden
        value={filter.source}
        options={[
          { value: "all", label: t("filter.source.all") },
          { value: "own", label: t("filter.source.own") },
          ...sources.map(({ id, url }) => ({ value: id, label: shortUrl(url) })),
        ]}
        onChange={(source) => onChange({ ...filter, source })}
      />
    </search>
  );
}
