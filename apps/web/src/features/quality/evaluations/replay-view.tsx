import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  buttonClass,
  ErrorState,
  Panel,
  ProgressBar,
  Skeleton,
  StatusDot,
} from "../../../ui/index.ts";
import { replayStrings } from "./replay.strings.ts";
import { TextDifference } from "./side-by-side.tsx";
import { evaluationStrings } from "./strings.ts";
import { isAtWork, type ReplayTurn, runTone } from "./use-evaluations.ts";

/** A past conversation beside what a draft would have said: answers, sources, confidence, cost. */
export function ReplayView({ runId }: { runId: string }) {
  const t = useT(evaluationStrings);
  const tReplay = useT(replayStrings);
  const replay = useQuery(
    trpc.evaluations.replay.get.queryOptions(
      { runId },
      { refetchInterval: (query) => (query.state.data && isAtWork(query.state.data.run) ? 700 : false) },
    ),
  );
  if (replay.isPending) return <Skeleton className="h-72" />;
  if (replay.isError) {
    return <ErrorState error={replay.error} title={t("failed")} onRetry={() => void replay.refetch()} />;
  }
  const { run, turns } = replay.data;
  return (
    <Panel
      title={tReplay("replay.title")}
      description={tReplay("replay.text")}
      action={
        run.conversationId === null ? undefined : (
          <Link
            to="/inbox/$conversationId"
            params={{ conversationId: run.conversationId }}
            className={buttonClass()}
          >
            {tReplay("replay.open")}
          </Link>
        )
      }
    >
      <p className="mb-3 text-13">
        <StatusDot tone={runTone[run.status]} label={t(`status.${run.status}`)} pulse={isAtWork(run)} />
      </p>
      {isAtWork(run) ? (
        <ProgressBar
          label={t("run.progress", { done: run.done, total: run.total })}
          value={(100 * run.done) / run.total}
        />
      ) : null}
      <ol className="mt-4 flex flex-col gap-6">
        {turns.map((turn) => (
          <Turn key={turn.itemId} turn={turn} />
        ))}
      </ol>
    </Panel>
  );
}

function Turn({ turn: { question, before, after, failed } }: { turn: ReplayTurn }) {
  const tReplay = useT(replayStrings);
  return (
    <li>
      <h3 dir="auto" className="text-start text-14 font-medium">
        {question}
      </h3>
      <div className="mt-1 grid gap-x-3 gap-y-1 text-12 text-ink-2 sm:grid-cols-2">
        <Facts label={tReplay("replay.then")} answer={before} />
        {after ? <Facts label={tReplay("replay.now")} answer={after} /> : null}
      </div>
      {failed ? <p className="mt-1 text-13 text-bad">{tReplay("replay.failed")}</p> : null}
      {before === null && after ? (
        <p dir="auto" className="mt-2 text-start text-13 whitespace-pre-wrap">
          {after.text}
        </p>
      ) : null}
      {before && after ? <TextDifference before={before.text} after={after.text} /> : null}
    </li>
  );
}

type Given = NonNullable<ReplayTurn["before"]> | NonNullable<ReplayTurn["after"]>;

function Facts({ label, answer }: { label: string; answer: Given | null }) {
  const tReplay = useT(replayStrings);
  const format = useFormat();
  if (answer === null) return <p>{tReplay("replay.silent")}</p>;
  const { confidence, citations, cost, latencyMs, model } = answer;
  const names = [...new Set(citations.map(({ documentName }) => documentName))];
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge>{label}</Badge>
      <span className="tabular-nums">
        {tReplay("replay.confidence", { share: format.percent(confidence) })}
      </span>
      <span>
        {tReplay("replay.sources", { count: citations.length })}
        {names.length > 0 ? (
          <>
            {": "}
            <bdi>{names.join(", ")}</bdi>
          </>
        ) : null}
      </span>
      {latencyMs === null ? null : <span className="tabular-nums">{format.duration(latencyMs)}</span>}
      {cost ? <span className="tabular-nums">{format.dollars(cost)}</span> : null}
      <bdi>{model}</bdi>
    </p>
  );
}
