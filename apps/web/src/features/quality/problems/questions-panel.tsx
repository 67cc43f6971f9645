import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Badge, Button, explainError, Panel, Time, toast, uiStrings } from "../../../ui/index.ts";
import type { ProblemDetail } from "./problem-search.ts";
import { problemsStrings } from "./strings.ts";

/** The wordings of a problem; some of them can be given a problem of their own. */
export function QuestionsPanel({ problem }: { problem: ProblemDetail }) {
  const t = useT(problemsStrings);
  const tUi = useT(uiStrings);
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const split = useMutation(
    trpc.problems.split.mutationOptions({
      onSuccess: async () => {
        setChosen([]);
        toast.done(t("split.done"));
        await queryClient.invalidateQueries(trpc.problems.pathFilter());
      },
      onError: (error) => toast.failed(explainError(error, tUi)),
    }),
  );
  const { questions } = problem;
  const maySplit = questions.length > 1;
  const there = chosen.filter((id) => questions.some((question) => question.id === id));
  return (
    <Panel
      title={t("questions.title")}
      {...(maySplit ? { description: t("questions.note") } : {})}
      action={
        there.length > 0 && there.length < questions.length ? (
          <Button
            size="sm"
            pending={split.isPending}
            onClick={() => split.mutate({ id: problem.id, questionIds: [...there] })}
          >
            {t("questions.split", { count: there.length })}
          </Button>
        ) : null
      }
    >
      <ul className="flex max-h-96 flex-col divide-y divide-line overflow-y-auto">
        {questions.map((question) => (
          <li key={question.id} className="flex items-start gap-3 py-2">
            {maySplit ? (
              <input
                type="checkbox"
                aria-label={t("questions.choose", { question: question.question })}
                checked={there.includes(question.id)}
                onChange={({ target }) =>
                  setChosen(
                    target.checked ? [...there, question.id] : there.filter((id) => id !== question.id),
                  )
                }
                className="mt-1 size-4 shrink-0 accent-accent"
              />
            ) : null}
            <div className="min-w-0 grow">
              <p dir="auto" className="text-match text-14 break-words">
                {question.question}
              </p>
              <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-ink-3">
                <span>{t("times", { count: question.occurrences })}</span>
                <Time value={question.lastSeenAt} />
                {question.isPlaced ? <Badge>{t("questions.placed")}</Badge> : null}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
