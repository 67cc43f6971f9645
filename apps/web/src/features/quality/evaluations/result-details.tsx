import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, ErrorState, Skeleton } from "../../../ui/index.ts";
import { StageStrip } from "../../answers/index.ts";
import { evaluationStrings } from "./strings.ts";
import type { Result } from "./use-evaluations.ts";

/** What was expected, what was said, on which sources, and on demand every stage of it. */
export function ResultDetails({ runId, result }: { runId: string; result: Result }) {
  const t = useT(evaluationStrings);
  const [why, setWhy] = useState(false);
  const { content, answer } = result;
  const expected =
    content.goldAnswers.length + content.mustContain.length > 0
      ? [...content.goldAnswers, ...content.mustContain]
      : [t(`expects.${content.expects}`)];
  return (
    <div className="flex flex-col gap-3 text-13">
      <Fact label={t("result.expected")}>
        {expected.map((text) => (
          <p key={text} dir="auto" className="text-start whitespace-pre-wrap">
            {text}
          </p>
        ))}
      </Fact>
      <Fact label={t("result.answer")}>
        <p dir="auto" className="text-start whitespace-pre-wrap">
          {answer?.text ?? t("result.noAnswer")}
        </p>
      </Fact>
      {answer && answer.citations.length > 0 ? (
        <Fact label={t("result.sources")}>
          <ul className="flex flex-col gap-1">
            {answer.citations.map(({ number, documentId, documentName, quote }) => (
              <li key={number}>
                <Link
                  to="/documents/$documentId"
                  params={{ documentId }}
                  className="text-accent hover:underline"
                >
                  <bdi>{documentName}</bdi>
                </Link>
                <q dir="auto" className="ms-2 text-ink-2">
                  {quote}
                </q>
              </li>
            ))}
          </ul>
        </Fact>
      ) : null}
      <Scores result={result} />
      {answer ? (
        <div>
          <Button size="sm" variant="ghost" aria-expanded={why} onClick={() => setWhy(!why)}>
            {t("result.why")}
          </Button>
          {why ? <Trace runId={runId} result={result} /> : null}
        </div>
      ) : null}
    </div>
  );
}

function Scores({ result: { scores, latencyMs, cost } }: { result: Result }) {
  const t = useT(evaluationStrings);
  const format = useFormat();
  const figures = [
    ...(scores?.rank ? [`${t("figure.place")}: ${format.number(scores.rank)}`] : []),
    ...(scores?.faithfulness == null
      ? []
      : [`${t("figure.faithful")}: ${format.percent(scores.faithfulness)}`]),
    ...(latencyMs === null ? [] : [format.duration(latencyMs)]),
    ...(cost ? [format.dollars(cost)] : []),
  ];
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-12 text-ink-2 tabular-nums">
      {figures.map((figure) => (
        <li key={figure}>{figure}</li>
      ))}
    </ul>
  );
}

function Trace({ runId, result }: { runId: string; result: Result }) {
  const t = useT(evaluationStrings);
  const whole = useQuery(
    trpc.evaluations.runs.result.queryOptions(
      { runId, itemId: result.itemId },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  if (whole.isPending) return <Skeleton className="h-32" />;
  if (whole.isError) {
    return <ErrorState error={whole.error} title={t("failed")} onRetry={() => void whole.refetch()} />;
  }
  const { answer, latencyMs } = whole.data;
  return answer ? <StageStrip answer={{ ...answer, latencyMs: latencyMs ?? 0 }} /> : null;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="text-12 font-medium text-ink-3">{label}</h3>
      {children}
    </div>
  );
}
