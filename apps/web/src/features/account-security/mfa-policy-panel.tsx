import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { useSession } from "../../lib/session.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import {
  Badge,
  Button,
  buttonClass,
  ErrorState,
  explainError,
  Panel,
  Skeleton,
  toast,
  uiStrings,
} from "../../ui/index.ts";
import { securityStrings } from "./strings.ts";

/** Whether the workspace asks every member for a second step. */
export function MfaPolicyPanel() {
  const t = useT(securityStrings);
  const ui = useT(uiStrings);
  const { secondFactor } = useSession();
  const policy = useQuery(trpc.enterpriseSecurity.getMfaPolicy.queryOptions());
  const change = useMutation(
    trpc.enterpriseSecurity.setMfaPolicy.mutationOptions({
      onSuccess(now) {
        queryClient.setQueryData(trpc.enterpriseSecurity.getMfaPolicy.queryKey(), now);
        void queryClient.invalidateQueries(trpc.mfa.pathFilter());
      },
      onError: (error) => toast.failed(t("policy.failed"), explainError(error, ui)),
    }),
  );
  if (policy.isError) return <ErrorState error={policy.error} onRetry={() => void policy.refetch()} />;
  if (!policy.data) return <Skeleton className="h-36" />;
  const { requireMfa, membersWithout } = policy.data;
  const mayRequire = requireMfa || secondFactor === "shown";
  return (
    <Panel
      title={t("policy.title")}
      description={t("policy.text")}
      action={
        <Badge tone={requireMfa ? "good" : "neutral"}>{t(requireMfa ? "policy.on" : "policy.off")}</Badge>
      }
    >
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 grow text-14">
          {membersWithout === 0 ? t("policy.all") : t("policy.without", { count: membersWithout })}
        </p>
        {mayRequire ? (
          <Button
            variant={requireMfa ? "danger" : "primary"}
            pending={change.isPending}
            onClick={() => change.mutate({ requireMfa: !requireMfa })}
          >
            {t(requireMfa ? "policy.lift" : "policy.require")}
          </Button>
        ) : (
          <Link to="/settings" search={{ tab: "account" }} className={buttonClass()}>
            {t("policy.first")}
          </Link>
        )}
      </div>
    </Panel>
  );
}
