import { Link } from "@tanstack/react-router";
import { useT } from "../../../lib/i18n.ts";
import type { ChatMessage } from "../../../lib/models.ts";
import { WhyButton } from "../../answers/index.ts";
import { verificationOf } from "../../messages/index.ts";
import { AnswerRating } from "./answer-rating.tsx";
import { DoubtfulClaims } from "./doubtful-claims.tsx";
import { playgroundStrings } from "./strings.ts";

/** What the server says of an answer that is quoted because no model is connected, and nothing else happened. */
const noModel = "No model is configured: answers are quoted from the documents.";

/** Below an answer: what to doubt in it, why no model wrote it, a rating, and the stages behind it. */
export function AnswerFooter({ message }: { message: ChatMessage }) {
  const t = useT(playgroundStrings);
  const verification = verificationOf(message);
  const answerId = message.metadata?.answerId;
  return (
    <>
      {verification ? <DoubtfulClaims claims={verification.claims} /> : null}
      {verification?.notice ? (
        <p className="mt-1.5 text-12 text-ink-3">
          <bdi>{verification.notice === noModel ? t("notice.none") : verification.notice}</bdi>{" "}
          {verification.notice.includes("monthly budget") ? null : ( // the studio says where to change that
            <Link to="/settings" search={{ tab: "models" }} className="text-accent underline">
              {t("notice.settings")}
            </Link>
          )}
        </p>
      ) : null}
      {answerId ? (
        <WhyButton
          answerId={answerId}
          beside={<AnswerRating answerId={answerId} initial={ratingOf(message)} />}
        />
      ) : null}
    </>
  );
}

function ratingOf(message: ChatMessage): "THUMBS_UP" | "THUMBS_DOWN" | null {
  const rating: string | null | undefined = message.metadata?.rating;
  if (rating === "up" || rating === "THUMBS_UP") return "THUMBS_UP";
  return rating === "down" || rating === "THUMBS_DOWN" ? "THUMBS_DOWN" : null;
}
