import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleX, RotateCw } from "lucide-react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, explainError, Panel, ProgressBar, Time, toast, uiStrings } from "../../../ui/index.ts";
import type { ProblemDetail, ProblemTest } from "./problem-search.ts";
import { problemsStrings } from "./strings.ts";

/** The problem's questions asked again: which are answered now, and by what. */
export function TestPanel({ problem }: { problem: ProblemDetail }) {
  const t = useT(problemsStrings);
  const tUi = useT(uiStrings);
  const queryClient = useQueryClient();
  const [latest] = problem.tests;
  const isUnderWay = latest?.status === "waiting" || latest?.status === "running";
  const retest = useMutation(
    trpc.problems.retest.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.problems.get.queryFilter({ id: problem.id })),
      onError: (error) => toast.failed(explainError(error, tUi)),
    }),
  );
  return (
    <Panel
      title={t("tests.title")}
      description={t("tests.note")}
      action={
        <Button
          size="sm"
          icon={<RotateCw className="size-4" aria-hidden />}
          pending={retest.isPending || isUnderWay}
          onClick={() => retest.mutate({ id: problem.id })}
        >
          {t("tests.run")}
        </Button>
      }
    >
      {latest === undefined ? (
        <p className="text-13 text-ink-2">{t("tests.none")}</p>
      ) : (
        <Result test={latest} />
      )}
    </Panel>
  );
}

function Result({ test }: { test: ProblemTest }) {
  const t = useT(problemsStrings);
  const format = useFormat();
  const answered = test.results.filter(({ isAnswered }) => isAnswered).length;
  const words = {
    waiting: () => t(test.articleId === null ? "tests.queued" : "tests.waiting"),
    running: () =>
      t("tests.running", {
        done: format.number(test.results.length),
        total: format.number(test.total),
      }),
    done: () =>
      t("tests.result", {
        answered: format.number(answered),
        total: format.number(test.results.length),
      }),
    failed: () => t("tests.failed", { reason: test.failure ?? "" }),
  }[test.status]();
  return (
    <div className="flex flex-col gap-3">
      <p aria-live="polite" className="text-14 font-medium">
        {words} <Time value={test.finishedAt ?? test.createdAt} className="text-12 text-ink-3" />
      </p>
      {test.status === "running" ? (
        <ProgressBar
          value={(100 * test.results.length) / Math.max(1, test.total)}
          label={t("tests.progress")}
        />
      ) : null}
      {test.results.length > 0 ? (
        <ul className="flex flex-col divide-y divide-line">
          {test.results.map((each) => (
            <li key={each.questionId} className="flex items-start gap-2 py-2">
              {each.isAnswered ? (
                <CircleCheck className="mt-0.5 size-4 shrink-0 text-good" aria-label={t("tests.ok")} />
              ) : (
                <CircleX className="mt-0.5 size-4 shrink-0 text-bad" aria-label={t("tests.bad")} />
              )}
              <div className="min-w-0 grow">
                <p dir="auto" className="text-match text-13 font-semibold break-words">
                  {each.question}
                </p>
                <p dir="auto" className="line-clamp-4 text-13 break-words text-ink-2">
                  {each.answer}
                </p>
                {each.reason ? (
                  <p dir="auto" className="text-13 text-bad">
                    {each.reason}
                  </p>
                ) : null}
                <p className="flex flex-wrap gap-x-3 text-12">
                  {each.documents.map(({ id, name }) => (
                    <Link
                      key={id}
                      to="/documents/$documentId"
                      params={{ documentId: id }}
                      dir="auto"
                      className="text-accent underline underline-offset-2"
                    >
                      {name}
                    </Link>
                  ))}
                </p>
              </div>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
