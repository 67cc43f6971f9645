import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { GraduationCap, Trash2 } from "lucide-react";
import { useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { may, useSession } from "../../../lib/session.ts";
import type { Outputs } from "../../../lib/trpc.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  EmptyState,
  ErrorState,
  explainError,
  IconButton,
  Pager,
  Panel,
  Select,
  Skeleton,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { AddExample } from "./add-example.tsx";
import { labelStrings } from "./strings.ts";
import { TrySentence } from "./try-sentence.tsx";

type List = Outputs["assist"]["labels"]["list"];
export type Kind = List["items"][number]["kind"];
const kinds = ["intent", "severity", "sentiment"] as const satisfies readonly Kind[];
const all = "*";

/** What customers' messages are told to be: the examples that teach it, a new one, and a sentence to try. */
export function LabelsTab() {
  const t = useT(labelStrings);
  const session = useSession();
  const [kind, setKind] = useState<Kind>("intent");
  const [label, setLabel] = useState(all);
  const [page, setPage] = useState(1);
  const input = { kind, page, ...(label === all ? {} : { label }) };
  const list = useQuery(trpc.assist.labels.list.queryOptions(input, { placeholderData: keepPreviousData }));
  useSubscription(
    trpc.assist.labels.onChange.subscriptionOptions(undefined, {
      onData: () => void queryClient.invalidateQueries(trpc.assist.labels.pathFilter()),
    }),
  );
  const mayTeach = may(session, "manage bots");
  const choose = (next: Kind) => {
    setKind(next);
    setLabel(all);
    setPage(1);
  };
  return (
    <>
      <Panel title={t("title")} description={<p className="max-w-prose">{t("text")}</p>}>
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap gap-3">
            <Select
              label={t("kind")}
              value={kind}
              options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
              onChange={choose}
              className="w-40"
            />
            <Select
              label={t("filter")}
              value={label}
              options={[
                { value: all, label: t("filter.all") },
                ...(list.data?.labels ?? []).map(({ label, examples }) => ({
                  value: label,
                  label: t("filter.count", { label, count: examples }),
                })),
              ]}
              onChange={(next) => {
                setLabel(next);
                setPage(1);
              }}
              className="w-64 max-w-full"
            />
          </div>
          {mayTeach ? <AddExample key={kind} kind={kind} labels={list.data?.labels ?? []} /> : null}
          {list.isPending ? (
            <Skeleton className="h-32" />
          ) : list.isError ? (
            <ErrorState error={list.error} title={t("failed")} onRetry={() => void list.refetch()} />
          ) : (
            <Examples list={list.data} page={page} onPage={setPage} mayTeach={mayTeach} />
          )}
        </div>
      </Panel>
      <TrySentence />
    </>
  );
}

interface ExamplesProps {
  list: List;
  page: number;
  onPage: (page: number) => void;
  mayTeach: boolean;
}

function Examples({ list, page, onPage, mayTeach }: ExamplesProps) {
  const t = useT(labelStrings);
  const kit = useT(uiStrings);
  const format = useFormat();
  const remove = useMutation(
    trpc.assist.labels.delete.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.assist.labels.pathFilter()),
      onError: (error) => toast.failed(t("remove.failed"), explainError(error, kit)),
    }),
  );
  const { items, meta, training } = list;
  const learnt = (
    <p role="status" className="text-13 text-ink-3">
      {training.state === "trained"
        ? t("state.trained", { share: format.percent(training.accuracy ?? 0) })
        : t(`state.${training.state}`)}
    </p>
  );
  if (items.length === 0) {
    return (
      <EmptyState icon={<GraduationCap aria-hidden />} title={t("none.title")}>
        {t("none.text")}
      </EmptyState>
    );
  }
  return (
    <>
      {learnt}
      <ul className="divide-y divide-line rounded-control border border-line">
        {items.map(({ id, label, text }) => (
          <li key={id} className="flex items-center gap-3 px-3 py-2">
            <p dir="auto" className="text-match min-w-0 grow text-14 [overflow-wrap:anywhere]">
              {text}
            </p>
            <Badge>
              <bdi>{label}</bdi>
            </Badge>
            {mayTeach ? (
              <IconButton
                size="sm"
                label={t("remove", { text: text.slice(0, 60) })}
                icon={<Trash2 className="size-4" aria-hidden />}
                onClick={() => remove.mutate({ exampleId: id })}
              />
            ) : null}
          </li>
        ))}
      </ul>
      <Pager page={page} pages={meta.totalPages} onPage={onPage} />
    </>
  );
}
