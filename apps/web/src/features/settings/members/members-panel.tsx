import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { SearchX, UserPlus } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { useRoleName } from "../../../lib/role-name.ts";
import { may, useSession } from "../../../lib/session.ts";
import { trpc } from "../../../lib/trpc.ts";
import {
  Button,
  EmptyState,
  ErrorState,
  Pager,
  Panel,
  SearchField,
  Select,
  Skeleton,
} from "../../../ui/index.ts";
import { InviteDialog } from "./invite-dialog.tsx";
import { MemberActs } from "./member-acts.tsx";
import { type MemberAct, MemberRow } from "./member-row.tsx";
import { membersStrings } from "./strings.ts";

/** The members, searched and by role; what one may do with each is told by the server. */
export function MembersPanel() {
  const t = useT(membersStrings);
  const nameOf = useRoleName();
  const session = useSession();
  const { page = 1, search, role } = useSearch({ from: "/signed-in/settings" });
  const navigate = useNavigate({ from: "/settings" });
  const [doing, setDoing] = useState<MemberAct | null>(null);
  const [inviting, setInviting] = useState(false);
  const roles = useQuery(trpc.enterpriseSecurity.listRoles.queryOptions());
  const members = useQuery(
    trpc.users.list.queryOptions(
      { page, ...(search === undefined ? {} : { search }), ...(role === undefined ? {} : { role }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const known = roles.data?.items ?? [];
  const show = (filter: { search?: string | undefined; role?: string | undefined }) => {
    const { search, role } = filter;
    void navigate({
      search: {
        tab: "members",
        ...(search === undefined ? {} : { search }),
        ...(role === undefined ? {} : { role }),
      },
      replace: true,
    });
  };

  return (
    <Panel
      title={t("title")}
      description={<p className="max-w-prose">{t("text")}</p>}
      action={
        may(session, "manage members") ? (
          <Button
            variant="primary"
            icon={<UserPlus className="size-4" aria-hidden />}
            onClick={() => setInviting(true)}
          >
            {t("invite.add")}
          </Button>
        ) : null
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-end gap-3">
          <SearchField
            label={t("search")}
            search={search}
            onSearch={(wanted) => show({ search: wanted, role })}
            className="grow basis-56"
          />
          <Select
            label={t("role")}
            labelHidden
            value={role ?? "all"}
            options={[
              { value: "all", label: t("role.all") },
              ...known.map(({ id, name }) => ({ value: id, label: nameOf({ role: id, roleName: name }) })),
            ]}
            onChange={(next) => show({ search, role: next === "all" ? undefined : next })}
            className="min-w-44 grow sm:grow-0"
          />
        </div>
        {members.isPending ? (
          <Skeleton className="h-64" />
        ) : members.isError ? (
          <ErrorState error={members.error} title={t("failed")} onRetry={() => void members.refetch()} />
        ) : members.data.items.length === 0 ? (
          <EmptyState
            icon={<SearchX aria-hidden />}
            title={t("none.title")}
            action={<Button onClick={() => show({})}>{t("none.action")}</Button>}
          />
        ) : (
          <>
            <ul className="divide-y divide-line rounded-control border border-line">
              {members.data.items.map((member) => (
                <MemberRow
                  key={member.id}
                  member={member}
                  isSelf={member.id === session.user.id}
                  roles={known}
                  onAct={setDoing}
                />
              ))}
            </ul>
            <Pager
              page={page}
              pages={members.data.meta.totalPages}
              onPage={(to) => void navigate({ search: (now) => ({ ...now, page: to }) })}
            />
          </>
        )}
      </div>
      {doing ? <MemberActs doing={doing} onClose={() => setDoing(null)} /> : null}
      {inviting ? <InviteDialog roles={known} onClose={() => setInviting(false)} /> : null}
    </Panel>
  );
}
