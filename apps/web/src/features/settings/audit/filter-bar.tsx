import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { DateField } from "../../../ui/date-field.tsx";
import { Button, SearchField, Select } from "../../../ui/index.ts";
import { useActionWords } from "./action-words.ts";
import { auditStrings } from "./strings.ts";
import type { AuditSearch } from "./use-audit-filter.ts";

interface FilterBarProps {
  chosen: AuditSearch;
  choose: (next: AuditSearch) => void;
  /** How the chosen actor and subject are called, where the list knows it. */
  actorName: string | undefined;
  subjectName: string | undefined;
}

/** Which entries are shown. */
export function FilterBar({ chosen, choose, actorName, subjectName }: FilterBarProps) {
  const t = useT(auditStrings);
  const actionWords = useActionWords();
  const actions = useQuery(trpc.audit.actions.queryOptions());
  const { search: _search, action: _action, from: _from, to: _to, ...rest } = chosen;
  const without = (name: keyof AuditSearch) => {
    const { [name]: _, ...others } = chosen;
    return others;
  };
  const set = (name: keyof AuditSearch, value: string | undefined) =>
    choose(value ? { ...chosen, [name]: value } : without(name));
  const chips = [
    ...(rest.actor
      ? [{ name: "actor" as const, label: t("onlyActor", { name: actorName ?? rest.actor }) }]
      : []),
    ...(rest.subject
      ? [{ name: "subject" as const, label: t("onlySubject", { subject: subjectName ?? rest.subject }) }]
      : []),
  ];
  return (
    <div className="flex flex-col gap-3">
      <SearchField label={t("search")} search={chosen.search} onSearch={(wanted) => set("search", wanted)} />
      <div className="flex flex-wrap gap-3">
        <Select
          label={t("action")}
          value={chosen.action ?? "all"}
          options={[
            { value: "all", label: t("action.all") },
            ...(actions.data ?? []).map((value) => ({ value, label: actionWords(value) })),
          ]}
          onChange={(next) => set("action", next === "all" ? undefined : next)}
          className="min-w-56 grow"
        />
        <DateField
          label={t("from")}
          value={chosen.from ?? ""}
          max={chosen.to}
          onChange={(event) => set("from", event.target.value)}
          className="grow"
        />
        <DateField
          label={t("to")}
          value={chosen.to ?? ""}
          min={chosen.from}
          onChange={(event) => set("to", event.target.value)}
          className="grow"
        />
      </div>
      {chips.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          {chips.map(({ name, label }) => (
            <Button
              key={name}
              size="sm"
              icon={<X className="size-4" aria-hidden />}
              aria-label={t("dropFilter", { name: label })}
              onClick={() => choose(without(name))}
            >
              <bdi className="max-w-64 truncate">{label}</bdi>
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
