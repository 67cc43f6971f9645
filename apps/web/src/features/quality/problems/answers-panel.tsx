import { Link } from "@tanstack/react-router";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { Badge, buttonClass, Panel, Time } from "../../../ui/index.ts";
import { WhyThis } from "../../analytics/why-this.tsx";
import type { ProblemDetail } from "./problem-search.ts";
import { problemsStrings } from "./strings.ts";

type PoorAnswer = ProblemDetail["answers"][number];

/** What the bot said, why it did not do, and the conversation around it. */
export function AnswersPanel({ problem }: { problem: ProblemDetail }) {
  const t = useT(problemsStrings);
  return (
    <Panel title={t("answers.title")}>
      {problem.answers.length === 0 ? (
        <p className="text-13 text-ink-2">{t("answers.none")}</p>
      ) : (
        <ul className="flex max-h-[40rem] flex-col divide-y divide-line overflow-y-auto">
          {problem.answers.map((each) => (
            <AnswerRow key={each.answerId} {...each} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function AnswerRow({ answerId, conversationId, question, kinds, comment, createdAt, answer }: PoorAnswer) {
  const t = useT(problemsStrings);
  const format = useFormat();
  return (
    <li className="flex flex-col gap-1 py-3 first:pt-0">
      <p dir="auto" className="text-match text-13 font-semibold break-words">
        {question}
      </p>
      <p dir="auto" className="line-clamp-4 text-13 break-words whitespace-pre-line text-ink-2">
        {answer === null ? t("answers.gone") : answer.text.trim() || t("answers.empty")}
      </p>
      {comment ? (
        <p dir="auto" className="border-s-2 border-line-strong ps-2 text-13 break-words">
          {comment}
        </p>
      ) : null}
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-12 text-ink-3">
        {kinds.map((kind) => (
          <Badge key={kind} tone="warn">
            {t(`kind.${kind}`)}
          </Badge>
        ))}
        {answer?.mode === "withheld" ? <Badge>{t("answers.withheld")}</Badge> : null}
        {answer && answer.confidence > 0 ? (
          <span>{t("answers.confidence", { share: format.percent(answer.confidence) })}</span>
        ) : null}
        <Time value={createdAt} />
      </p>
      <div className="flex flex-wrap gap-1">
        <Link
          to="/inbox/$conversationId"
          params={{ conversationId }}
          search={{ view: "all" }}
          className={buttonClass("ghost", "sm")}
        >
          {t("answers.conversation")}
        </Link>
        {answer ? <WhyThis answerId={answerId} question={question} /> : null}
      </div>
    </li>
  );
}
