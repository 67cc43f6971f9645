import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { ErrorState, Skeleton } from "../../ui/index.ts";
import { ReplayButton } from "../replay/index.ts";
import { StageStrip } from "./stage-strip.tsx";
import { answerStrings } from "./strings.ts";

/** The stages behind an answer, asked for when they are first looked at. */
export function WhyAnswer({ answerId }: { answerId: string }) {
  const t = useT(answerStrings);
  const format = useFormat();
  const answer = useQuery(
    trpc.answers.get.queryOptions(
      { id: answerId },
      { placeholderData: undefined, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  if (answer.isPending) {
    return (
      <div role="status" aria-label={t("why.loading")} className="mt-2 flex flex-col gap-1.5">
        <Skeleton className="h-8" />
        <Skeleton className="h-8" />
        <Skeleton className="h-8" />
      </div>
    );
  }
  if (answer.isError) {
    return <ErrorState error={answer.error} title={t("why.failed")} onRetry={() => void answer.refetch()} />;
  }
  const { personality } = answer.data.trace;
  return (
    <>
      <StageStrip answer={answer.data} />
      {personality ? (
        <p dir="auto" className="mt-2 text-13 text-ink-2">
          {t("why.personality", { name: personality.name, version: format.number(personality.version) })}
        </p>
      ) : null}
      <div className="mt-2">
        <ReplayButton conversationId={answer.data.conversationId} answerId={answer.data.id} />
      </div>
    </>
  );
}
