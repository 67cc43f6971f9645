import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus, Users } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Team } from "../../../lib/models.ts";
import { may, useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Pager,
  Panel,
  SearchField,
  Skeleton,
  toast,
} from "../../../ui/index.ts";
import { teamsStrings } from "./strings.ts";
import { TeamDialog } from "./team-dialog.tsx";
import { TeamPeopleDialog } from "./team-people-dialog.tsx";

type Doing = { act: "edit" | "people" | "delete"; team: Team } | { act: "new" };

/** The workspace's teams, and who is in each. */
export function TeamsTab() {
  const t = useT(teamsStrings);
  const session = useSession();
  const { page = 1, search } = useSearch({ from: "/signed-in/settings" });
  const navigate = useNavigate({ from: "/settings" });
  const [doing, setDoing] = useState<Doing | null>(null);
  const teams = useQuery(
    trpc.teams.list.queryOptions(
      { page, ...(search === undefined ? {} : { search }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const add = may(session, "manage teams") ? (
    <Button icon={<Plus className="size-4" aria-hidden />} onClick={() => setDoing({ act: "new" })}>
      {t("add")}
    </Button>
  ) : null;

  return (
    <Panel title={t("title")} description={<p className="max-w-prose">{t("text")}</p>} action={add}>
      <div className="flex flex-col gap-4">
        <SearchField
          label={t("search")}
          search={search}
          onSearch={(wanted) =>
            void navigate({
              search: { tab: "teams", ...(wanted === undefined ? {} : { search: wanted }) },
              replace: true,
            })
          }
          className="max-w-sm"
        />
        {teams.isPending ? (
          <Skeleton className="h-32" />
        ) : teams.isError ? (
          <ErrorState error={teams.error} title={t("failed")} onRetry={() => void teams.refetch()} />
        ) : teams.data.items.length === 0 ? (
          <EmptyState icon={<Users aria-hidden />} title={t(search ? "none.search" : "none.title")}>
            {search ? null : t("none.text")}
          </EmptyState>
        ) : (
          <>
            <ul className="divide-y divide-line rounded-control border border-line">
              {teams.data.items.map((team) => (
                <TeamRow key={team.id} team={team} onAct={(act) => setDoing({ act, team })} />
              ))}
            </ul>
            <Pager
              page={page}
              pages={teams.data.meta.totalPages}
              onPage={(to) => void navigate({ search: (now) => ({ ...now, page: to }) })}
            />
          </>
        )}
      </div>
      {doing ? <Acts doing={doing} onClose={() => setDoing(null)} /> : null}
    </Panel>
  );
}

function Acts({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  const t = useT(teamsStrings);
  const remove = useMutation(trpc.teams.delete.mutationOptions());
  if (doing.act === "new") return <TeamDialog team={null} onClose={onClose} />;
  const { act, team } = doing;
  if (act === "edit") return <TeamDialog team={team} onClose={onClose} />;
  if (act === "people") return <TeamPeopleDialog team={team} onClose={onClose} />;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t("delete.title", { name: team.name })}
      description={t("delete.text")}
      confirmLabel={t("delete.action")}
      onConfirm={async () => {
        await remove.mutateAsync({ teamId: team.id });
        toast.done(t("delete.done", { name: team.name }));
        await queryClient.invalidateQueries(trpc.teams.pathFilter());
        await queryClient.invalidateQueries(trpc.users.pathFilter());
      }}
    />
  );
}

function TeamRow({ team, onAct }: { team: Team; onAct: (act: "edit" | "people" | "delete") => void }) {
  const t = useT(teamsStrings);
  const { name, description, members, can } = team;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 grow basis-56">
        <p dir="auto" className="text-match text-14 font-medium [overflow-wrap:anywhere]">
          {name}
        </p>
        {description ? (
          <p dir="auto" className="text-match text-13 text-ink-2 [overflow-wrap:anywhere]">
            {description}
          </p>
        ) : null}
        <p className="text-13 text-ink-3">{t("members", { count: members })}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" aria-label={t("people.of", { name })} onClick={() => onAct("people")}>
          {t("people")}
        </Button>
        {can.update ? (
          <Button size="sm" aria-label={t("edit.of", { name })} onClick={() => onAct("edit")}>
            {t("edit")}
          </Button>
        ) : null}
        {can.remove ? (
          <Button
            size="sm"
            variant="danger"
            aria-label={t("remove.of", { name })}
            onClick={() => onAct("delete")}
          >
            {t("remove")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
