import { Link } from "@tanstack/react-router";
import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useT } from "../../lib/i18n.ts";
import { buttonClass, Panel, Time } from "../../ui/index.ts";
import { questionStrings } from "./questions.strings.ts";
import type { Figures } from "./range.ts";
import { analyticsStrings } from "./strings.ts";
import { WhyThis } from "./why-this.tsx";

/** What people thought of the answers: how many rated them, and the newest of what they wrote. */
export function CommentsPanel({ feedback }: { feedback: Figures["feedbackSummary"] }) {
  const t = useT(analyticsStrings);
  const tQuestions = useT(questionStrings);
  const { positive, negative, unrated, comments } = feedback;
  return (
    <Panel
      title={tQuestions("feedback.title")}
      description={tQuestions("feedback.note", { positive, negative, unrated })}
    >
      {comments.length === 0 ? (
        <p className="text-13 text-ink-2">{tQuestions("feedback.none")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {comments.map(({ answerId, conversationId, question, rating, comment, createdAt }) => (
            <li key={answerId} className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2">
              <span className={rating === "up" ? "mt-0.5 text-good" : "mt-0.5 text-bad"}>
                {rating === "up" ? (
                  <ThumbsUp className="size-4" aria-hidden />
                ) : (
                  <ThumbsDown className="size-4" aria-hidden />
                )}
                <span className="sr-only">
                  {tQuestions(rating === "up" ? "feedback.up" : "feedback.down")}
                </span>
              </span>
              <div className="min-w-48 grow basis-0">
                <p dir="auto" className="text-match text-14 break-words whitespace-pre-wrap">
                  {comment}
                </p>
                <p className="text-12 text-ink-3">
                  <bdi>{question}</bdi> · <Time value={createdAt} />
                </p>
              </div>
              <div className="flex gap-1">
                <Link
                  to="/inbox/$conversationId"
                  params={{ conversationId }}
                  className={buttonClass("ghost", "sm")}
                >
                  {t("conversation")}
                </Link>
                <WhyThis answerId={answerId} question={question} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
