import { useMutation, useQueryClient } from "@tanstack/react-query";
import { PenLine, Sparkles } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, explainError, Panel, toast, uiStrings } from "../../../ui/index.ts";
import { ArticleView } from "./article-view.tsx";
import type { ProblemDetail } from "./problem-search.ts";
import { problemsStrings } from "./strings.ts";

const ArticleForm = lazy(() => import("./article-form.tsx"));

/** The article that closes the gap: drafted, edited and approved here. */
export function ArticlePanel({ problem }: { problem: ProblemDetail }) {
  const t = useT(problemsStrings);
  const tUi = useT(uiStrings);
  const queryClient = useQueryClient();
  const [writing, setWriting] = useState(false);
  const draft = useMutation(
    trpc.problemArticles.draft.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.problems.pathFilter()),
      onError: (error) => toast.failed(explainError(error, tUi)),
    }),
  );
  const [latest, ...earlier] = problem.articles;
  const isOpen = latest?.status === "draft" || latest?.status === "publishing";
  return (
    <Panel title={t("articles.title")} description={t("articles.note")}>
      <div className="flex flex-col gap-4">
        {isOpen || writing ? null : (
          <div className="flex flex-wrap gap-2">
            <Button
              variant={latest ? "secondary" : "primary"}
              icon={<Sparkles className="size-4" aria-hidden />}
              pending={draft.isPending}
              onClick={() => draft.mutate({ problemId: problem.id })}
            >
              {t("articles.generate")}
            </Button>
            <Button
              icon={<PenLine className="size-4" aria-hidden />}
              onClick={() => startTransition(() => setWriting(true))}
            >
              {t("articles.write")}
            </Button>
          </div>
        )}
        <Suspense>
          {writing ? (
            <ArticleForm problem={problem} article={null} onClose={() => setWriting(false)} />
          ) : null}
        </Suspense>
        {latest ? <ArticleView key={latest.id} problem={problem} article={latest} /> : null}
        {earlier.length > 0 ? (
          <details>
            <summary className="cursor-pointer text-13 text-ink-2">{t("articles.earlier")}</summary>
            <div className="mt-3 flex flex-col gap-4 divide-y divide-line">
              {earlier.map((article) => (
                <ArticleView key={article.id} problem={problem} article={article} />
              ))}
            </div>
          </details>
        ) : null}
      </div>
    </Panel>
  );
}
