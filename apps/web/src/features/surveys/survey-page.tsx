import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useT } from "../../lib/i18n.ts";
import { errorCodeOf, type Outputs, trpc } from "../../lib/trpc.ts";
import { Button, explainError, TextArea, uiStrings } from "../../ui/index.ts";
import { AuthFrame } from "../auth/auth-frame.tsx";
import { QuestionFields } from "./question-fields.tsx";
import { surveyStrings } from "./strings.ts";

type Asked = NonNullable<Outputs["surveys"]["open"]["survey"]>;

/** Where the link to a survey leads, whoever follows it. Says so where it was answered, has closed, or is none. */
export function SurveyPage() {
  const t = useT(surveyStrings);
  const ui = useT(uiStrings);
  const { token } = useParams({ from: "/s/$token" });
  const opened = useQuery(
    trpc.surveys.open.queryOptions({ token }, { retry: false, refetchOnWindowFocus: false }),
  );
  const respond = useMutation(trpc.surveys.respond.mutationOptions());

  if (respond.isSuccess) return <AuthFrame title={t("thanks.title")} text={t("thanks.text")} />;
  if (opened.isPending) return null;
  if (opened.isError) {
    const code = errorCodeOf(opened.error);
    if (code === "NOT_FOUND" || code === "VALIDATION_ERROR") {
      return <AuthFrame title={t("absent.title")} text={t("absent.text")} />;
    }
    return <AuthFrame title={t("failed.title")} text={explainError(opened.error, ui)} />;
  }
  const { state, survey, workspace } = opened.data;
  if (state === "open" && survey) {
    return (
      <AuthFrame title={t("title")} text={t("text", { workspace })}>
        <SurveyForm
          survey={survey}
          pending={respond.isPending}
          failure={respond.isError ? t("failed", { reason: explainError(respond.error, ui) }) : null}
          onSend={(answer) => respond.mutate({ token, ...answer })}
        />
      </AuthFrame>
    );
  }
  const closed = state === "answered" ? "answered" : "expired";
  return <AuthFrame title={t(`${closed}.title`)} text={t(`${closed}.text`)} />;
}

function SurveyForm({
  survey,
  pending,
  failure,
  onSend,
}: {
  survey: Asked;
  pending: boolean;
  failure: string | null;
  onSend: (answer: { answers: Record<string, number | string>; comment: string }) => void;
}) {
  const t = useT(surveyStrings);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const given = new FormData(event.currentTarget);
    const answers: Record<string, number | string> = {};
    for (const { key, kind } of survey.questions) {
      const value = given.get(key);
      if (typeof value === "string" && value !== "") answers[key] = kind === "text" ? value : Number(value);
    }
    onSend({ answers, comment: String(given.get("comment:") ?? "") });
  }

  return (
    <form onSubmit={submit} className="mt-5 flex flex-col gap-5">
      {failure ? (
        <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
          {failure}
        </p>
      ) : null}
      {survey.questions.map((question) => (
        <QuestionFields key={question.key} question={question} />
      ))}
      <TextArea label={t("comment")} name="comment:" rows={3} maxLength={2000} dir="auto" />
      <Button type="submit" variant="primary" pending={pending}>
        {t("send")}
      </Button>
    </form>
  );
}
