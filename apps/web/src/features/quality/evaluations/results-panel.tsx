import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Badge, cx, ErrorState, Pager, Panel, Select, Skeleton } from "../../../ui/index.ts";
import { ResultDetails } from "./result-details.tsx";
import { evaluationStrings } from "./strings.ts";
import type { Result } from "./use-evaluations.ts";

/** The questions of a run with what became of each; one opens to its answer and all that lies behind it. */
export function ResultsPanel({ runId }: { runId: string }) {
  const t = useT(evaluationStrings);
  const [show, setShow] = useState<"all" | "failed">("all");
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<string | null>(null);
  const results = useQuery(
    trpc.evaluations.runs.results.queryOptions({
      runId,
      page,
      pageSize: 25,
      ...(show === "failed" ? { passed: false } : {}),
    }),
  );
  return (
    <Panel
      title={t("results.title")}
      action={
        <Select
          label={t("results.title")}
          labelHidden
          value={show}
          options={(["all", "failed"] as const).map((value) => ({ value, label: t(`results.${value}`) }))}
          onChange={(value) => {
            setShow(value);
            setPage(1);
          }}
          className="w-40"
        />
      }
    >
      {results.isPending ? (
        <Skeleton className="h-24" />
      ) : results.isError ? (
        <ErrorState error={results.error} title={t("failed")} onRetry={() => void results.refetch()} />
      ) : results.data.items.length === 0 ? (
        <p className="text-14 text-ink-2">{t("results.none")}</p>
      ) : (
        <>
          <ul>
            {results.data.items.map((result) => (
              <ResultRow
                key={result.itemId}
                runId={runId}
                result={result}
                open={open === result.itemId}
                onToggle={() => setOpen(open === result.itemId ? null : result.itemId)}
              />
            ))}
          </ul>
          <Pager page={page} pages={results.data.meta.totalPages} onPage={setPage} className="mt-3" />
        </>
      )}
    </Panel>
  );
}

function ResultRow({
  runId,
  result,
  open,
  onToggle,
}: {
  runId: string;
  result: Result;
  open: boolean;
  onToggle: () => void;
}) {
  const t = useT(evaluationStrings);
  const id = useId();
  const { content, passed, reason } = result;
  return (
    <li className="border-t border-line first:border-t-0">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        disabled={passed === null}
        onClick={onToggle}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-control px-1 py-2 text-start enabled:hover:bg-surface-2"
      >
        <ChevronRight
          className={cx("size-3.5 shrink-0 text-ink-3", open ? "rotate-90" : "flip-rtl")}
          aria-hidden
        />
        <span dir="auto" className="min-w-0 grow basis-40 truncate text-match text-14">
          {content.question}
        </span>
        <Badge tone={passed === null ? "neutral" : passed ? "good" : "bad"}>
          {reason === null ? t("results.waiting") : t(`reason.${reason}`)}
        </Badge>
      </button>
      {open ? (
        <div id={id} className="px-1 pb-3 ps-6">
          <ResultDetails runId={runId} result={result} />
        </div>
      ) : null}
    </li>
  );
}
