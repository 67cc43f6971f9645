import { useMutation, useQuery } from "@tanstack/react-query";
import { ClipboardList, Plus } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { may, useSession } from "../../../lib/session.ts";
import { type Outputs, queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  explainError,
  Panel,
  Skeleton,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { surveySettingsStrings } from "./strings.ts";

const SurveyDialog = lazy(() => import("./survey-dialog.tsx"));
const ResultsPanel = lazy(() => import("./results-panel.tsx"));

export type Survey = Outputs["surveys"]["list"]["items"][number];
type Act = "edit" | "delete" | "results";
type Doing = { act: Act; survey: Survey } | { act: "new" };

/** What customers are asked when they were helped, and what came of it. */
export function SurveysTab() {
  const t = useT(surveySettingsStrings);
  const [doing, setDoing] = useState<Doing | null>(null);
  const mayManage = may(useSession(), "manage surveys");
  const surveys = useQuery(trpc.surveys.list.queryOptions({ pageSize: 100 }));
  const start = (next: Doing | null) => startTransition(() => setDoing(next));
  if (doing?.act === "results") {
    return (
      <Suspense>
        <ResultsPanel survey={doing.survey} onBack={() => start(null)} />
      </Suspense>
    );
  }
  return (
    <Panel
      title={t("title")}
      description={<p className="max-w-prose">{t("text")}</p>}
      action={
        mayManage ? (
          <Button icon={<Plus className="size-4" aria-hidden />} onClick={() => start({ act: "new" })}>
            {t("add")}
          </Button>
        ) : null
      }
    >
      {surveys.isPending ? (
        <Skeleton className="h-24" />
      ) : surveys.isError ? (
        <ErrorState error={surveys.error} title={t("loadFailed")} onRetry={() => void surveys.refetch()} />
      ) : surveys.data.items.length === 0 ? (
        <EmptyState icon={<ClipboardList aria-hidden />} title={t("none.title")}>
          {t("none.text")}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line rounded-control border border-line">
          {surveys.data.items.map((survey) => (
            <SurveyRow
              key={survey.id}
              survey={survey}
              mayManage={mayManage}
              onAct={(act) => start({ act, survey })}
            />
          ))}
        </ul>
      )}
      <Suspense>{doing ? <Acts doing={doing} onClose={() => setDoing(null)} /> : null}</Suspense>
    </Panel>
  );
}

function SurveyRow({
  survey,
  mayManage,
  onAct,
}: {
  survey: Survey;
  mayManage: boolean;
  onAct: (act: Act) => void;
}) {
  const t = useT(surveySettingsStrings);
  const ui = useT(uiStrings);
  const { id, name, kind, enabled, version, invited, answered } = survey;
  const turn = useMutation(
    trpc.surveys.update.mutationOptions({
      onError: (error) => toast.failed(t("turn.failed", { reason: explainError(error, ui) })),
      onSettled: () => queryClient.invalidateQueries(trpc.surveys.pathFilter()),
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 grow basis-64">
        <p className="flex flex-wrap items-center gap-2 text-14 font-medium">
          <bdi className="[overflow-wrap:anywhere]">{name}</bdi>
          <Badge tone={enabled ? "good" : "neutral"}>{t(enabled ? "on" : "off")}</Badge>
        </p>
        <p className="text-13 text-ink-2">
          {t(`kind.${kind}`)} · {t("asked", { answered, invited })}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" aria-label={t("results.of", { name })} onClick={() => onAct("results")}>
          {t("results")}
        </Button>
        {mayManage ? (
          <>
            <Button
              size="sm"
              pending={turn.isPending}
              aria-label={t(enabled ? "turn.off.of" : "turn.on.of", { name })}
              onClick={() => turn.mutate({ surveyId: id, version, enabled: !enabled })}
            >
              {t(enabled ? "turn.off" : "turn.on")}
            </Button>
            <Button size="sm" aria-label={t("edit.of", { name })} onClick={() => onAct("edit")}>
              {t("edit")}
            </Button>
            <Button
              size="sm"
              variant="danger"
              aria-label={t("remove.of", { name })}
              onClick={() => onAct("delete")}
            >
              {t("remove")}
            </Button>
          </>
        ) : null}
      </div>
    </li>
  );
}

function Acts({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  const t = useT(surveySettingsStrings);
  const remove = useMutation(trpc.surveys.delete.mutationOptions());
  if (doing.act === "new") return <SurveyDialog survey={null} onClose={onClose} />;
  const { survey } = doing;
  if (doing.act === "edit") return <SurveyDialog survey={survey} onClose={onClose} />;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t("remove.title", { name: survey.name })}
      description={t("remove.text")}
      confirmLabel={t("remove")}
      onConfirm={async () => {
        await remove.mutateAsync({ surveyId: survey.id });
        toast.done(t("remove.done", { name: survey.name }));
        await queryClient.invalidateQueries(trpc.surveys.pathFilter());
      }}
    />
  );
}
