import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, explainError, TextArea, TextField, toast, uiStrings } from "../../../ui/index.ts";
import type { Article, ProblemDetail } from "./problem-search.ts";
import { problemsStrings } from "./strings.ts";

/** Writes a draft, or changes one. */
export default function ArticleForm({
  problem,
  article,
  onClose,
}: {
  problem: ProblemDetail;
  article: Article | null;
  onClose: () => void;
}) {
  const t = useT(problemsStrings);
  const tUi = useT(uiStrings);
  const queryClient = useQueryClient();
  const [title, setTitle] = useState(article?.title ?? problem.question.slice(0, 200));
  const [content, setContent] = useState(article?.content ?? "");
  const options = {
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.problems.pathFilter());
      toast.done(t("articles.saved"));
      onClose();
    },
  };
  const create = useMutation(trpc.problemArticles.create.mutationOptions(options));
  const update = useMutation(trpc.problemArticles.update.mutationOptions(options));
  const failure = create.error ?? update.error;
  const save = () =>
    article === null
      ? create.mutate({ problemId: problem.id, title, content })
      : update.mutate({ id: article.id, title, content, revision: article.revision });
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label={t("articles.titleField")}
        value={title}
        maxLength={200}
        required
        onChange={({ target }) => setTitle(target.value)}
      />
      <TextArea
        label={t("articles.content")}
        hint={t("articles.contentHint")}
        value={content}
        maxLength={20_000}
        required
        grows
        boxClassName="min-h-40 max-h-[60vh]"
        onChange={({ target }) => setContent(target.value)}
      />
      {failure ? (
        <p role="alert" className="text-13 text-bad">
          {explainError(failure, tUi)}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          variant="primary"
          size="sm"
          disabled={title.trim() === "" || content.trim() === ""}
          pending={create.isPending || update.isPending}
        >
          {t(article === null ? "articles.create" : "articles.save")}
        </Button>
        <Button size="sm" variant="ghost" onClick={onClose}>
          {t("articles.cancel")}
        </Button>
      </div>
    </form>
  );
}
