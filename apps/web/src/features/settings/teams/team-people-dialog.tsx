import { useMutation, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Team } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Button,
  Dialog,
  ErrorState,
  explainError,
  IconButton,
  Pager,
  SearchField,
  Skeleton,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { teamsStrings } from "./strings.ts";

/** Colleagues that a search proposes. */
const mostProposed = 5;

/** Who is in a team; whoever may, adds and removes them. */
export function TeamPeopleDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useT(teamsStrings);
  const ui = useT(uiStrings);
  const [page, setPage] = useState(1);
  const people = useQuery(trpc.users.list.queryOptions({ teamId: team.id, page, pageSize: 10 }));
  const changed = {
    async onSuccess() {
      await queryClient.invalidateQueries(trpc.users.pathFilter());
      await queryClient.invalidateQueries(trpc.teams.pathFilter());
    },
    onError: (error: unknown) => toast.failed(t("people.failed"), explainError(error, ui)),
  };
  const add = useMutation(trpc.teams.addMember.mutationOptions(changed));
  const remove = useMutation(trpc.teams.removeMember.mutationOptions(changed));

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("people.of", { name: team.name })}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("close")}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {people.isPending ? (
          <Skeleton className="h-24" />
        ) : people.isError ? (
          <ErrorState error={people.error} onRetry={() => void people.refetch()} />
        ) : people.data.items.length === 0 ? (
          <p className="rounded-control bg-surface-2 px-3 py-3 text-14 text-ink-2">{t("people.none")}</p>
        ) : (
          <ul className="divide-y divide-line rounded-control border border-line">
            {people.data.items.map(({ id, name, skills }) => (
              <li key={id} className="flex items-center gap-3 px-3 py-2">
                <div className="min-w-0 grow">
                  <p dir="auto" className="truncate text-match text-14">
                    {name}
                  </p>
                  {skills.length > 0 ? (
                    <p dir="auto" className="text-match text-13 text-ink-3">
                      {skills.join(", ")}
                    </p>
                  ) : null}
                </div>
                {team.can.update ? (
                  <IconButton
                    label={t("people.remove", { name })}
                    icon={<X className="size-4" aria-hidden />}
                    onClick={() => remove.mutate({ teamId: team.id, userId: id })}
                  />
                ) : null}
              </li>
            ))}
          </ul>
        )}
        <Pager page={page} pages={people.data?.meta.totalPages ?? 1} onPage={setPage} />
        {team.can.update ? (
          <Colleagues team={team} onAdd={(userId) => add.mutate({ teamId: team.id, userId })} />
        ) : null}
      </div>
    </Dialog>
  );
}

/** Members who are not in the team yet, by what is typed. */
function Colleagues({ team, onAdd }: { team: Team; onAdd: (userId: string) => void }) {
  const t = useT(teamsStrings);
  const [search, setSearch] = useState<string>();
  const found = useQuery(
    trpc.users.list.queryOptions({
      status: "active",
      pageSize: 20,
      ...(search === undefined ? {} : { search }),
    }),
  );
  const others = (found.data?.items ?? []).filter(({ teams }) => teams.every(({ id }) => id !== team.id));
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-13 font-medium">{t("people.add")}</h3>
      <SearchField label={t("people.choose")} search={search} onSearch={setSearch} />
      <ul className="flex flex-col gap-1">
        {others.slice(0, mostProposed).map(({ id, name, email }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onAdd(id)}
              className="flex w-full flex-wrap gap-x-2 rounded-control px-2 py-1 text-start text-14 hover:bg-surface-2"
            >
              <bdi>{name}</bdi>
              <bdi className="text-ink-3">{email}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
