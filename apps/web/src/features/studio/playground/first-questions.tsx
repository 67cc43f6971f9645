import { MessageCircleQuestion } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { EmptyState } from "../../../ui/index.ts";
import { playgroundStrings } from "./strings.ts";
import { useSuggestions } from "./use-suggestions.ts";

/** Before the first message: what this is, and three questions to try. */
export function FirstQuestions({ bot, onAsk }: { bot: Bot; onAsk: (question: string) => void }) {
  const t = useT(playgroundStrings);
  const { questions, lack, sources } = useSuggestions(bot);
  return (
    <div className="flex grow flex-col justify-center">
      <EmptyState icon={<MessageCircleQuestion aria-hidden />} title={t("empty.title")} className="py-6!">
        {lack === null ? t("empty.text") : t(`empty.${lack}`)}
      </EmptyState>
      {sources.length > 0 ? (
        <div className="mx-auto w-full max-w-sm px-4">
          <h3 className="text-12 text-ink-3">{t("empty.sources")}</h3>
          <ul className="mt-1.5 list-disc ps-5 text-13 text-ink-2">
            {sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {questions.length > 0 ? (
        <div className="mx-auto w-full max-w-sm px-4">
          <h3 className="text-12 text-ink-3">{t("empty.try")}</h3>
          <ul className="mt-1.5 flex flex-col gap-1.5">
            {questions.map((question) => (
              <li key={question}>
                <button
                  type="button"
                  dir="auto"
                  onClick={() => onAsk(question)}
                  className="w-full rounded-control border border-line px-3 py-2 text-start text-14 hover:bg-surface-2"
                >
                  {question}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
