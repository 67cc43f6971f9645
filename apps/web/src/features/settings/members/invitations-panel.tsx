import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Invitation, SentInvitation } from "../../../lib/models.ts";
import { useRoleName } from "../../../lib/role-name.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  ConfirmDialog,
  ErrorState,
  explainError,
  Pager,
  Panel,
  Skeleton,
  Time,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { LinksDialog } from "./links-dialog.tsx";
import { membersStrings } from "./strings.ts";

/** Who was invited and has not come yet: sent again, or taken back. */
export function InvitationsPanel() {
  const t = useT(membersStrings);
  const ui = useT(uiStrings);
  const [page, setPage] = useState(1);
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const [links, setLinks] = useState<SentInvitation[] | null>(null);
  const open = useQuery(
    trpc.users.listInvitations.queryOptions({ page }, { placeholderData: keepPreviousData }),
  );
  const refresh = () => queryClient.invalidateQueries(trpc.users.listInvitations.queryFilter());
  const resend = useMutation(
    trpc.users.resendInvitation.mutationOptions({
      async onSuccess(sent) {
        if (sent.link === null) toast.done(t("open.resent", { email: sent.email }));
        else setLinks([sent]);
        await refresh();
      },
      onError: (error) => toast.failed(t("open.resend.failed"), explainError(error, ui)),
    }),
  );
  const revoke = useMutation(trpc.users.revokeInvitation.mutationOptions());

  return (
    <Panel title={t("open.title")} description={<p className="max-w-prose">{t("open.text")}</p>}>
      {open.isPending ? (
        <Skeleton className="h-16" />
      ) : open.isError ? (
        <ErrorState error={open.error} title={t("open.failed")} onRetry={() => void open.refetch()} />
      ) : open.data.items.length === 0 ? (
        <p className="rounded-control bg-surface-2 px-3 py-3 text-14 text-ink-2">{t("open.none")}</p>
      ) : (
        <div className="flex flex-col gap-4">
          <ul className="divide-y divide-line rounded-control border border-line">
            {open.data.items.map((invitation) => (
              <InvitationRow
                key={invitation.id}
                invitation={invitation}
                onResend={() => resend.mutate({ invitationId: invitation.id })}
                onRevoke={() => setRevoking(invitation)}
              />
            ))}
          </ul>
          <Pager page={page} pages={open.data.meta.totalPages} onPage={setPage} />
        </div>
      )}
      {revoking ? (
        <ConfirmDialog
          open
          onClose={() => setRevoking(null)}
          title={t("revoke.title", { email: revoking.email })}
          description={t("revoke.text")}
          confirmLabel={t("open.revoke")}
          onConfirm={async () => {
            await revoke.mutateAsync({ invitationId: revoking.id });
            toast.done(t("revoke.done", { email: revoking.email }));
            await refresh();
          }}
        />
      ) : null}
      {links ? <LinksDialog invitations={links} onClose={() => setLinks(null)} /> : null}
    </Panel>
  );
}

function InvitationRow({
  invitation,
  onResend,
  onRevoke,
}: {
  invitation: Invitation;
  onResend: () => void;
  onRevoke: () => void;
}) {
  const t = useT(membersStrings);
  const nameOf = useRoleName();
  const { email, team, invitedBy, createdAt, expiresAt, status, can } = invitation;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 grow basis-56">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <bdi className="min-w-0 text-14 font-medium [overflow-wrap:anywhere]">{email}</bdi>
          {status === "expired" ? <Badge tone="warn">{t("open.expired")}</Badge> : null}
        </div>
        <p className="text-13 text-ink-2">
          {nameOf(invitation)}
          {team ? (
            <>
              {" · "}
              <bdi>{team.name}</bdi>
            </>
          ) : null}
        </p>
        <p className="flex flex-wrap gap-x-2 text-13 text-ink-3">
          <span>
            {t("open.sent")} <Time value={createdAt} /> <bdi>{t("open.by", { name: invitedBy.name })}</bdi>
          </span>
          {status === "pending" ? (
            <span>
              {t("open.until")} <Time value={expiresAt} />
            </span>
          ) : null}
        </p>
      </div>
      <div className="flex gap-2">
        {can.resend ? (
          <Button size="sm" aria-label={t("open.resend.of", { email })} onClick={onResend}>
            {t("open.resend")}
          </Button>
        ) : null}
        {can.revoke ? (
          <Button size="sm" variant="danger" aria-label={t("open.revoke.of", { email })} onClick={onRevoke}>
            {t("open.revoke")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
