import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useT } from "../../../lib/i18n.ts";
import { type Outputs, queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, Dialog, explainError, Skeleton, Time, toast, uiStrings } from "../../../ui/index.ts";
import type { Rule } from "./rule-draft.ts";
import { automationStrings } from "./strings.ts";

type History = NonNullable<Outputs["automation"]["test"]["history"]>;

/** What a rule would have done in the last 30 days; from there it is switched on. */
export function TryDialog({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const t = useT(automationStrings);
  const ui = useT(uiStrings);
  const refresh = () => queryClient.invalidateQueries(trpc.automation.pathFilter());
  const attempt = useMutation(trpc.automation.test.mutationOptions({ onSuccess: refresh }));
  const enable = useMutation(
    trpc.automation.update.mutationOptions({
      async onSuccess({ name }) {
        toast.done(t("try.enabled", { name }));
        onClose();
        await refresh();
      },
    }),
  );
  const { mutate } = attempt;
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return; // once, also where effects run twice
    asked.current = true;
    mutate({ ruleId: rule.id });
  }, [mutate, rule.id]);
  const error = attempt.error ?? enable.error;
  const canEnable = attempt.isSuccess && !rule.enabled && rule.obstacle !== "slack";

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("try.title", { name: rule.name })}
      description={t("try.note")}
      footer={
        <>
          <Button onClick={onClose}>{t("try.close")}</Button>
          {canEnable ? (
            <Button
              variant="primary"
              pending={enable.isPending}
              onClick={() => enable.mutate({ ruleId: rule.id, version: rule.version, enabled: true })}
            >
              {t("try.enable")}
            </Button>
          ) : null}
        </>
      }
    >
      {error ? (
        <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
          {t("try.failed", { reason: explainError(error, ui) })}
        </p>
      ) : attempt.data?.history ? (
        <HistoryResult history={attempt.data.history} />
      ) : (
        <div role="status" aria-label={t("try.running")}>
          <Skeleton className="h-24" />
        </div>
      )}
      {rule.obstacle === "slack" ? (
        <p className="mt-3 rounded-control bg-warn-soft px-3 py-2 text-13 text-warn">{t("obstacle.slack")}</p>
      ) : null}
    </Dialog>
  );
}

function HistoryResult({ history }: { history: History }) {
  const t = useT(automationStrings);
  const { matched, scanned, truncated, matches } = history;
  if (scanned === 0) return <p className="text-14 text-ink-2">{t("try.none")}</p>;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-14 font-medium">{t("try.result", { count: matched, scanned })}</p>
      {truncated ? <p className="text-13 text-ink-2">{t("try.truncated")}</p> : null}
      {matches.length > 0 ? (
        <ul className="divide-y divide-line rounded-control border border-line">
          {matches.map(({ conversationId, subject, at }) => (
            <li
              key={`${conversationId} ${at}`}
              className="flex items-baseline justify-between gap-3 px-3 py-2"
            >
              <Link
                to="/inbox/$conversationId"
                params={{ conversationId }}
                dir="auto"
                className="min-w-0 truncate text-match text-13 text-accent hover:underline"
              >
                {subject ?? t("try.untitled")}
              </Link>
              <span className="shrink-0 text-12 text-ink-3">
                <Time value={at} />
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
