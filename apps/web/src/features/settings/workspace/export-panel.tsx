import { useMutation, useQuery } from "@tanstack/react-query";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import type { TenantExport } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  ErrorState,
  explainError,
  Panel,
  ProgressBar,
  Skeleton,
  Time,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { workspaceStrings } from "./strings.ts";

const isMoving = ({ status }: TenantExport) => status === "queued" || status === "running";
/** Milliseconds between two looks at an export that is being made. */
const lookEvery = 1_000;

/** Copies of the whole workspace: the last ones, how far they are, and a new one. */
export function ExportPanel() {
  const t = useT(workspaceStrings);
  const ui = useT(uiStrings);
  const exports = useQuery(
    trpc.tenant.export.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some(isMoving) ? lookEvery : false),
    }),
  );
  const start = useMutation(
    trpc.tenant.export.start.mutationOptions({
      onSuccess: () => toast.done(t("export.started")),
      onError: (error) => toast.failed(explainError(error, ui)),
      onSettled: () => queryClient.invalidateQueries(trpc.tenant.export.list.queryFilter()),
    }),
  );
  return (
    <Panel
      title={t("export.title")}
      description={<p className="max-w-prose">{t("export.text")}</p>}
      action={
        <Button
          pending={start.isPending}
          disabled={exports.data?.some(isMoving) ?? true}
          onClick={() => start.mutate()}
        >
          {t("export.start")}
        </Button>
      }
    >
      {exports.isError ? (
        <ErrorState error={exports.error} onRetry={() => void exports.refetch()} />
      ) : exports.data === undefined ? (
        <Skeleton className="h-16" />
      ) : exports.data.length === 0 ? (
        <p className="text-14 text-ink-2">{t("export.none")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {exports.data.map((one) => (
            <ExportRow key={one.id} one={one} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

const tones = {
  queued: "neutral",
  running: "info",
  done: "good",
  failed: "bad",
  expired: "neutral",
} as const;

function ExportRow({ one }: { one: TenantExport }) {
  const t = useT(workspaceStrings);
  const ui = useT(uiStrings);
  const format = useFormat();
  const download = useMutation(
    trpc.tenant.export.download.mutationOptions({
      onError: (error) => toast.failed(t("export.link.failed"), explainError(error, ui)),
    }),
  );
  const size = one.parts.reduce((sum, { bytes }) => sum + bytes, 0);
  /** The links are made anew for each press: they work for ten minutes. */
  async function fetchPart(at: number) {
    const { links } = await download.mutateAsync({ exportId: one.id });
    const link = links[at];
    if (link) window.location.assign(link.url);
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-60 grow basis-0">
        <p className="flex flex-wrap items-center gap-2 text-14">
          <Time value={one.createdAt} />
          <Badge tone={tones[one.status]}>
            {one.status === "running"
              ? t("export.running", { progress: one.progress })
              : t(`export.${one.status}`)}
          </Badge>
        </p>
        {one.status === "done" ? (
          <p className="text-13 text-ink-2">
            {t("export.what", {
              rows: format.number(one.rows),
              files: format.number(one.files),
              size: format.bytes(size),
            })}
            {one.expiresAt
              ? ` · ${t("export.expires", { date: format.day(new Date(one.expiresAt)) })}`
              : null}
          </p>
        ) : null}
        {one.failure ? <p className="text-13 text-bad">{one.failure}</p> : null}
        {one.status === "running" ? (
          <div className="mt-2 max-w-sm">
            <ProgressBar value={one.progress} label={t("export.progress")} />
          </div>
        ) : null}
      </div>
      {one.parts.map(({ fileName }, at) => (
        <Button
          key={fileName}
          size="sm"
          disabled={download.isPending}
          onClick={() => void fetchPart(at).catch(() => {})}
        >
          {one.parts.length === 1 ? t("export.download") : t("export.download.part", { part: at + 1 })}
        </Button>
      ))}
    </li>
  );
}
