import { useQuery } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, SearchField, Select } from "../../ui/index.ts";
import { MultiSelect } from "../../ui/multi-select.tsx";
import { deskStrings } from "./desk.strings.ts";
import { channels, type Filter, nobody, severities, sizeOf, statuses } from "./filter.ts";
import { inboxStrings } from "./strings.ts";

const any = "any";

interface FilterPanelProps {
  filter: Filter;
  onChange: (filter: Filter) => void;
}

/** What the list is narrowed to, one field beside the other. Of a field's values a conversation has one. */
export default function FilterPanel({ filter, onChange }: FilterPanelProps) {
  const t = useT(deskStrings);
  const words = useT(inboxStrings);
  const people = useQuery(trpc.routing.presence.queryOptions());
  const agents = people.data?.items ?? [];
  const teams = [...new Map(agents.flatMap((agent) => agent.teams).map((team) => [team.id, team])).values()];
  const {
    status = [],
    severity = [],
    channel = [],
    assigneeId = [],
    teamId = [],
    tags,
    slaBreached,
  } = filter;

  /** Without the fields that let everything through. */
  const set = (change: Filter) => onChange(compact({ ...filter, ...change }));
  const toOptions = <Value extends string>(values: readonly Value[], wordOf: (value: Value) => string) =>
    values.map((value) => ({ value, label: wordOf(value) }));
  const byId = (items: readonly { id: string; name: string }[], without: string) => [
    { value: nobody, label: without },
    ...items.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const shared = { none: t("any") };

  return (
    <div className="grid grid-cols-2 items-end gap-3 border-t border-line px-4 py-3">
      <MultiSelect
        {...shared}
        label={t("filter.status")}
        values={status}
        options={toOptions(statuses, (value) => words(`status.${value}`))}
        onChange={(chosen) => set({ status: chosen })}
      />
      <MultiSelect
        {...shared}
        label={t("filter.severity")}
        values={severity}
        options={toOptions(severities, (value) => words(`severity.${value}`))}
        onChange={(chosen) => set({ severity: chosen })}
      />
      <MultiSelect
        {...shared}
        label={t("filter.channel")}
        values={channel}
        options={toOptions(channels, (value) => words(`channel.${value}`))}
        onChange={(chosen) => set({ channel: chosen })}
      />
      <MultiSelect
        {...shared}
        label={t("filter.assignee")}
        values={assigneeId.map((id) => id ?? nobody)}
        options={byId(
          agents.map(({ agentId, name }) => ({ id: agentId, name })),
          t("filter.nobody"),
        )}
        onChange={(chosen) => set({ assigneeId: chosen.map(toId) })}
      />
      {teams.length > 0 ? (
        <MultiSelect
          {...shared}
          label={t("filter.team")}
          values={teamId.map((id) => id ?? nobody)}
          options={byId(teams, t("filter.noTeam"))}
          onChange={(chosen) => set({ teamId: chosen.map(toId) })}
        />
      ) : null}
      <Select
        label={t("filter.promise")}
        value={slaBreached ? "breached" : any}
        options={[
          { value: any, label: t("any") },
          { value: "breached", label: t("filter.breached") },
        ]}
        onChange={(value) => set({ slaBreached: value !== any })}
      />
      <SearchField
        label={t("filter.tag")}
        search={tags?.join(", ")}
        onSearch={(wanted = "") =>
          set({
            tags: wanted
              .split(",")
              .map((tag) => tag.trim().slice(0, 50))
              .filter((tag) => tag !== "")
              .slice(0, 20),
          })
        }
      />
      {sizeOf(filter) > 0 ? (
        <Button size="sm" className="self-start" onClick={() => onChange({})}>
          {t("filters.clear")}
        </Button>
      ) : null}
    </div>
  );
}

const toId = (value: string) => (value === nobody ? null : value);

function compact(filter: Filter): Filter {
  return Object.fromEntries(
    Object.entries(filter).filter(
      ([, value]) => value !== false && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
