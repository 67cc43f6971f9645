import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useSignOut } from "../../app/use-sign-out.ts";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import type { Standing as StandingOfTenant } from "../../lib/models.ts";
import { renewSession, useSession } from "../../lib/session.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, ErrorState, explainError, Skeleton, toast, uiStrings } from "../../ui/index.ts";
import { closedStrings } from "./strings.ts";

/** What stands in place of everything while the workspace is suspended or about to be deleted, and the ways out. */
export function ClosedPage() {
  const t = useT(closedStrings);
  const standing = useQuery(trpc.tenant.standing.queryOptions());
  return (
    <main className="mx-auto flex min-h-full w-full max-w-lg flex-col justify-center gap-4 px-4 py-12">
      {standing.isError ? (
        <ErrorState error={standing.error} onRetry={() => void standing.refetch()} />
      ) : standing.data === undefined ? (
        <Skeleton className="h-40" />
      ) : (
        <Standing standing={standing.data} />
      )}
      <Others label={t("others")} />
    </main>
  );
}

function Standing({ standing }: { standing: StandingOfTenant }) {
  const t = useT(closedStrings);
  const ui = useT(uiStrings);
  const format = useFormat();
  const { name } = useSession().tenant;
  const goOn = useGoOn();
  const keep = useMutation(
    trpc.tenant.cancelDeletion.mutationOptions({
      async onSuccess() {
        toast.done(t("kept", { name }));
        await goOn();
      },
      onError: (error) => toast.failed(t("keep.failed"), explainError(error, ui)),
    }),
  );
  const { deletion, reason } = standing;
  if (deletion) {
    return (
      <>
        <h1 dir="auto" className="text-20 font-semibold [overflow-wrap:anywhere]">
          {t("deleting.title", { name, date: format.day(new Date(deletion.dueAt)) })}
        </h1>
        <p className="text-14 text-ink-2">{t("deleting.text")}</p>
        <p className="text-14">{t(deletion.mayCancel ? "deleting.owner" : "deleting.others")}</p>
        {deletion.mayCancel ? (
          <Button
            variant="primary"
            pending={keep.isPending}
            onClick={() => keep.mutate()}
            className="self-start"
          >
            {t("keep")}
          </Button>
        ) : null}
      </>
    );
  }
  return (
    <>
      <h1 dir="auto" className="text-20 font-semibold [overflow-wrap:anywhere]">
        {t("suspended.title", { name })}
      </h1>
      <p className="text-14 text-ink-2">{t("suspended.text")}</p>
      {reason ? (
        <div className="rounded-panel border border-line bg-surface-1 p-4">
          <p className="text-12 text-ink-3">{t("reason")}</p>
          <p dir="auto" className="text-match text-14 [overflow-wrap:anywhere]">
            {reason}
          </p>
        </div>
      ) : null}
      <Button onClick={() => void goOn()} className="self-start">
        {t("check")}
      </Button>
    </>
  );
}

/** The other workspaces that one may work in meanwhile, and the way out. */
function Others({ label }: { label: string }) {
  const t = useT(closedStrings);
  const ui = useT(uiStrings);
  const signOut = useSignOut();
  const goOn = useGoOn();
  const own = useQuery(trpc.auth.listTenants.queryOptions());
  const change = useMutation(
    trpc.auth.switchTenant.mutationOptions({
      onSuccess: goOn,
      onError: (error) => toast.failed(explainError(error, ui)),
    }),
  );
  const others = own.data?.filter(({ isCurrent, status }) => !isCurrent && status === "active") ?? [];
  return (
    <>
      {others.length > 0 ? (
        <section aria-label={label} className="mt-4 flex flex-col gap-2">
          <h2 className="text-14 font-semibold">{label}</h2>
          {others.map(({ id, name }) => (
            <Button
              key={id}
              className="justify-start"
              pending={change.isPending && change.variables.tenantId === id}
              onClick={() => change.mutate({ tenantId: id })}
            >
              <bdi>{name}</bdi>
            </Button>
          ))}
        </section>
      ) : null}
      <Button variant="ghost" onClick={() => void signOut()} className="self-start">
        {t("signOut")}
      </Button>
    </>
  );
}

/** Asks who is signed in anew and goes to where work begins; the router leads back here where nothing has changed. */
function useGoOn(): () => Promise<void> {
  const router = useRouter();
  return async () => {
    await renewSession();
    await router.navigate({ to: "/" });
  };
}
