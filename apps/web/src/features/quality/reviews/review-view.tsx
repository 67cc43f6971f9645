import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { buttonClass, IconButton, Panel, Time } from "../../../ui/index.ts";
import { WhyButton } from "../../answers/index.ts";
import { AnswerText, Confidence } from "../../messages/index.ts";
import { MarkedAnswer } from "./marked-answer.tsx";
import type { Reviewable } from "./review-search.ts";
import { SourcesList } from "./sources-list.tsx";
import { reviewStrings } from "./strings.ts";
import { VerdictBar } from "./verdict-bar.tsx";

/** One answer beside its sources, its claims marked, and below it the verdict. */
export function ReviewView({
  item,
  onGo,
  hasNext,
  hasPrevious,
}: {
  item: Reviewable;
  onGo: (by: number) => void;
  hasNext: boolean;
  hasPrevious: boolean;
}) {
  const t = useT(reviewStrings);
  const [pointed, setPointed] = useState<readonly number[]>([]);
  const { data } = useQuery(trpc.answers.get.queryOptions({ id: item.id }, { staleTime: 300_000 }));
  const citations = data?.citations ?? [];
  return (
    <Panel>
      <div className="flex flex-col gap-4">
        <div className="flex items-start gap-2">
          <div className="min-w-0 grow">
            <h2 dir="auto" className="text-16 font-semibold break-words">
              {item.question}
            </h2>
            <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-ink-3">
              <bdi>{item.bot?.name ?? t("unknown")}</bdi>
              <Time value={item.createdAt} />
              <Confidence value={item.confidence} />
              {item.checkedClaims === null || item.supportedClaims === null ? null : (
                <span>
                  {t("claims.count", { supported: item.supportedClaims, checked: item.checkedClaims })}
                </span>
              )}
            </p>
          </div>
          <IconButton
            label={t("previous")}
            icon={<ChevronUp className="size-4" aria-hidden />}
            disabled={!hasPrevious}
            onClick={() => onGo(-1)}
          />
          <IconButton
            label={t("next")}
            icon={<ChevronDown className="size-4" aria-hidden />}
            disabled={!hasNext}
            onClick={() => onGo(1)}
          />
        </div>
        <div className="grid gap-4 xl:grid-cols-2">
          <section aria-label={t("answer")} className="flex min-w-0 flex-col gap-2">
            <h3 className="text-13 font-semibold text-ink-2">{t("answer")}</h3>
            {item.claims.length > 0 ? (
              <MarkedAnswer claims={item.claims} onPoint={setPointed} />
            ) : (
              <AnswerText text={item.answer} citations={[]} />
            )}
          </section>
          <SourcesList citations={citations} pointed={pointed} />
        </div>
        <VerdictBar item={item} onGo={onGo} />
        <WhyButton
          answerId={item.id}
          beside={
            <Link
              to="/inbox/$conversationId"
              params={{ conversationId: item.conversationId }}
              className={buttonClass("ghost", "sm")}
            >
              {t("conversation")}
            </Link>
          }
        />
      </div>
    </Panel>
  );
}
