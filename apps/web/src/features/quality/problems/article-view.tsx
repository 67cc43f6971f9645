import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, startTransition, useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { may, useSession } from "../../../lib/session.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Badge, Button, buttonClass, explainError, Time, toast, uiStrings } from "../../../ui/index.ts";
import type { Article, ProblemDetail } from "./problem-search.ts";
import { problemsStrings } from "./strings.ts";

const ArticleForm = lazy(() => import("./article-form.tsx"));

const tones = { draft: "warn", publishing: "info", approved: "good", rejected: "neutral" } as const;

/** One article as it stands, and what can be done with it. */
export function ArticleView({ problem, article }: { problem: ProblemDetail; article: Article }) {
  const t = useT(problemsStrings);
  const tUi = useT(uiStrings);
  const session = useSession();
  const queryClient = useQueryClient();
  const [editing, setEditing] = useState(false);
  const options = {
    onSettled: () => queryClient.invalidateQueries(trpc.problems.pathFilter()),
    onError: (error: unknown) => toast.failed(explainError(error, tUi)),
  };
  const approve = useMutation(
    trpc.problemArticles.approve.mutationOptions({
      ...options,
      onSuccess: () => toast.done(t("articles.approved")),
    }),
  );
  const reject = useMutation(
    trpc.problemArticles.reject.mutationOptions({
      ...options,
      onSuccess: () => toast.done(t("articles.rejected")),
    }),
  );
  const isDraft = article.status === "draft";
  const mayApprove = may(session, "manage knowledge");
  if (editing) {
    return (
      <Suspense>
        <ArticleForm problem={problem} article={article} onClose={() => setEditing(false)} />
      </Suspense>
    );
  }
  return (
    <article className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2 text-12 text-ink-3">
        <Badge tone={tones[article.status]}>{t(`article.${article.status}`)}</Badge>
        <Time value={article.decidedAt ?? article.updatedAt} />
        {article.decidedBy ? <span>{t("articles.by", { name: article.decidedBy.name })}</span> : null}
      </div>
      <div>
        <h3 dir="auto" className="text-match text-15 font-semibold break-words">
          {article.title}
        </h3>
        <p dir="auto" className="mt-1 text-14 break-words whitespace-pre-line">
          {article.content}
        </p>
      </div>
      <Origin article={article} />
      <div className="flex flex-wrap items-center gap-2">
        {isDraft ? (
          <>
            <Button
              variant="primary"
              size="sm"
              disabled={!mayApprove}
              pending={approve.isPending}
              onClick={() => approve.mutate({ id: article.id, revision: article.revision })}
            >
              {t("articles.approve")}
            </Button>
            <Button size="sm" onClick={() => startTransition(() => setEditing(true))}>
              {t("articles.edit")}
            </Button>
            <Button
              size="sm"
              variant="danger"
              pending={reject.isPending}
              onClick={() => reject.mutate({ id: article.id })}
            >
              {t("articles.reject")}
            </Button>
            {mayApprove ? null : <p className="text-12 text-ink-3">{t("articles.approveNeeds")}</p>}
          </>
        ) : null}
        {article.documentId ? (
          <Link
            to="/documents/$documentId"
            params={{ documentId: article.documentId }}
            className={buttonClass("secondary", "sm")}
          >
            {t("articles.document")}
          </Link>
        ) : null}
      </div>
    </article>
  );
}

/** Who wrote it, and from which conversations. */
function Origin({ article }: { article: Article }) {
  const t = useT(problemsStrings);
  const format = useFormat();
  const { writtenBy, fallbackReason, sources } = article;
  const conversations = [...new Set(sources.map(({ conversationId }) => conversationId))];
  return (
    <div className="flex flex-col gap-1 text-12 text-ink-3">
      <p>
        {writtenBy === "person" || writtenBy === "builtin"
          ? t(`articles.from.${writtenBy}`)
          : t("articles.from.model", { model: writtenBy })}{" "}
        {article.status === "draft" && writtenBy !== "person" ? t("articles.check") : null}
      </p>
      {fallbackReason ? <p>{t("articles.fallback", { reason: fallbackReason })}</p> : null}
      {conversations.length > 0 ? (
        <p className="flex flex-wrap gap-x-2">
          {t("articles.sources")}
          {conversations.map((conversationId, index) => (
            <Link
              key={conversationId}
              to="/inbox/$conversationId"
              params={{ conversationId }}
              search={{ view: "all" }}
              className="text-accent underline underline-offset-2"
            >
              {t("articles.source", { number: format.number(index + 1) })}
            </Link>
          ))}
        </p>
      ) : null}
    </div>
  );
}
