import { useMutation, useQuery } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import { may, useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { ErrorState, explainError, Panel, Select, Skeleton, toast, uiStrings } from "../../../ui/index.ts";
import { PortalFigures } from "./portal-figures.tsx";
import { portalStrings } from "./strings.ts";

/** Bots to choose from. */
const mostBots = 100;
const first = "first";

/** Which bot answers the members' questions, and how it does. */
export function PortalTab() {
  const t = useT(portalStrings);
  const ui = useT(uiStrings);
  const session = useSession();
  const mayManage = may(session, "manage portal");
  const settings = useQuery(trpc.qa.getSettings.queryOptions());
  const bots = useQuery(trpc.bot.list.queryOptions({ pageSize: mostBots, sort: "name" }));
  const update = useMutation(
    trpc.qa.updateSettings.mutationOptions({
      onSuccess: () => toast.done(t("saved")),
      onError: (error) => toast.failed(t("not.saved"), explainError(error, ui)),
      onSettled: () => queryClient.invalidateQueries(trpc.qa.getSettings.queryFilter()),
    }),
  );
  if (settings.isPending) return <Skeleton className="h-32" />;
  if (settings.isError) {
    return <ErrorState error={settings.error} title={t("failed")} onRetry={() => void settings.refetch()} />;
  }

  const { botId, answeredBy } = settings.data;
  const items = bots.data?.items ?? [];
  const chosen = botId === null || items.some(({ id }) => id === botId) ? [] : [answeredBy];
  const offered = [...chosen, ...items].filter((bot) => bot !== null);
  return (
    <>
      <Panel title={t("title")} description={<p className="max-w-prose">{t("text")}</p>}>
        <div className="flex flex-col gap-3">
          <Select
            className="max-w-md"
            label={t("bot")}
            hint={t(mayManage ? "bot.hint" : "onlyAdmins")}
            disabled={!mayManage || update.isPending}
            value={botId ?? first}
            options={[
              { value: first, label: t("bot.first") },
              ...offered.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(value) => update.mutate({ botId: value === first ? null : value })}
          />
          <p className={answeredBy ? "text-14" : "text-14 text-warn"}>
            {answeredBy ? t("answering.now", { name: answeredBy.name }) : t("answering.nobody")}
          </p>
        </div>
      </Panel>
      {mayManage ? <PortalFigures /> : null}
    </>
  );
}
