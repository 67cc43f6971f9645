import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { Badge, Button, buttonClass, Panel, Time } from "../../ui/index.ts";
import { questionStrings } from "./questions.strings.ts";
import type { Figures } from "./range.ts";
import { analyticsStrings } from "./strings.ts";
import { WhyThis } from "./why-this.tsx";

const TextDialog = lazy(() =>
  import("../studio/documents/text-dialog.tsx").then(({ TextDialog }) => ({ default: TextDialog })),
);

/** What people asked in vain, the most often first, each with the way to put it right. */
export function UnansweredPanel({ unanswered }: { unanswered: Figures["unanswered"] }) {
  const t = useT(analyticsStrings);
  const tQuestions = useT(questionStrings);
  const [answering, setAnswering] = useState<Figures["unanswered"][number] | null>(null);
  return (
    <Panel title={tQuestions("unanswered.title")} description={tQuestions("unanswered.note")}>
      {unanswered.length === 0 ? (
        <p className="text-13 text-ink-2">{tQuestions("unanswered.none")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {unanswered.map((each) => (
            <li
              key={`${each.botId} ${each.question}`}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2"
            >
              <div className="min-w-48 grow basis-0">
                <p dir="auto" className="text-match text-14 break-words">
                  {each.question}
                </p>
                <p className="flex items-center gap-2 text-12 text-ink-3">
                  <Badge tone="warn">{tQuestions("unanswered.count", { count: each.count })}</Badge>
                  <Time value={each.lastAskedAt} />
                </p>
              </div>
              <div className="flex flex-wrap gap-1">
                <Button size="sm" onClick={() => setAnswering(each)}>
                  {tQuestions("unanswered.add")}
                </Button>
                <Link
                  to="/bots/$botId"
                  params={{ botId: each.botId }}
                  search={{ tab: "documents" }}
                  className={buttonClass("ghost", "sm")}
                >
                  {tQuestions("unanswered.documents")}
                </Link>
                <Link
                  to="/inbox/$conversationId"
                  params={{ conversationId: each.conversationId }}
                  className={buttonClass("ghost", "sm")}
                >
                  {t("conversation")}
                </Link>
                <WhyThis answerId={each.answerId} question={each.question} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {answering === null ? null : (
        <Suspense fallback={null}>
          <TextDialog
            botId={answering.botId}
            initial={`# ${answering.question}\n\n`}
            onClose={() => setAnswering(null)}
          />
        </Suspense>
      )}
    </Panel>
  );
}
