import { useQuery } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, SearchField, Select } from "../../ui/index.ts";
import { deskStrings } from "./desk.strings.ts";
import { channels, type Filter, severities, sizeOf, statuses } from "./filter.ts";
import { inboxStrings } from "./strings.ts";

const any = "any";
const none = "none";

interface FilterPanelProps {
  filter: Filter;
  onChange: (filter: Filter) => void;
}

/** What the list is narrowed to, one field beside the other. */
export default function FilterPanel({ filter, onChange }: FilterPanelProps) {
  const t = useT(deskStrings);
  const words = useT(inboxStrings);
  const people = useQuery(trpc.routing.presence.queryOptions());
  const agents = people.data?.items ?? [];
  const teams = [...new Map(agents.flatMap((agent) => agent.teams).map((team) => [team.id, team])).values()];
  const { status, severity, channel, assigneeId, teamId, tags, slaBreached } = filter;

  /** Without the fields that let everything through. */
  const set = (change: { [Name in keyof Filter]: Filter[Name] | undefined }) => {
    const next = Object.fromEntries(
      Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined),
    );
    onChange(next);
  };
  const someOf = <Value extends string>(values: readonly Value[], wordOf: (value: Value) => string) => ({
    options: [
      { value: any, label: t("any") },
      ...values.map((value) => ({ value, label: wordOf(value) })),
    ] satisfies { value: Value | typeof any; label: string }[],
  });
  const idOptions = (items: readonly { id: string; name: string }[], nobody: string) => [
    { value: any, label: t("any") },
    { value: none, label: nobody },
    ...items.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const toId = (value: string) => (value === any ? undefined : value === none ? null : value);
  const fromId = (given: Filter["assigneeId"]) => {
    const [id] = [given].flat();
    return id === undefined ? any : (id ?? none);
  };

  return (
    <div className="grid grid-cols-2 items-end gap-3 border-t border-line px-4 py-3">
      <Select
        label={t("filter.status")}
        value={status?.[0] ?? any}
        {...someOf(statuses, (value) => words(`status.${value}`))}
        onChange={(value) => set({ status: value === any ? undefined : [value] })}
      />
      <Select
        label={t("filter.severity")}
        value={severity?.[0] ?? any}
        {...someOf(severities, (value) => words(`severity.${value}`))}
        onChange={(value) => set({ severity: value === any ? undefined : [value] })}
      />
      <Select
        label={t("filter.channel")}
        value={channel?.[0] ?? any}
        {...someOf(channels, (value) => words(`channel.${value}`))}
        onChange={(value) => set({ channel: value === any ? undefined : [value] })}
      />
      <Select
        label={t("filter.assignee")}
        value={fromId(assigneeId)}
        options={idOptions(
          agents.map(({ agentId, name }) => ({ id: agentId, name })),
          t("filter.nobody"),
        )}
        onChange={(value) => set({ assigneeId: toId(value) })}
      />
      {teams.length > 0 ? (
        <Select
          label={t("filter.team")}
          value={fromId(teamId)}
          options={idOptions(teams, t("filter.noTeam"))}
          onChange={(value) => set({ teamId: toId(value) })}
        />
      ) : null}
      <Select
        label={t("filter.promise")}
        value={slaBreached ? "breached" : any}
        options={[
          { value: any, label: t("any") },
          { value: "breached", label: t("filter.breached") },
        ]}
        onChange={(value) => set({ slaBreached: value === any ? undefined : true })}
      />
      <SearchField
        label={t("filter.tag")}
        search={tags?.join(", ")}
        onSearch={(wanted) => {
          const next = wanted
            ?.split(",")
            .map((tag) => tag.trim().slice(0, 50))
            .filter((tag) => tag !== "");
          set({ tags: next && next.length > 0 ? next.slice(0, 20) : undefined });
        }}
      />
      {sizeOf(filter) > 0 ? (
        <Button size="sm" className="self-start" onClick={() => onChange({})}>
          {t("filters.clear")}
        </Button>
      ) : null}
    </div>
  );
}
