import { useMutation, useQuery } from "@tanstack/react-query";
import { Clock } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, explainError, Select, toast, uiStrings } from "../../../ui/index.ts";
import { freshnessStrings } from "./freshness-strings.ts";

const choices = [30, 90, 180, 365, 730] as const;

/** From when on a document counts as stale, how many do, and the way to see them. */
export function FreshnessBar({ botId, onShow }: { botId: string; onShow: () => void }) {
  const t = useT(freshnessStrings);
  const kit = useT(uiStrings);
  const queryKey = trpc.knowledge.freshness.queryKey({ botId });
  const { data } = useQuery(trpc.knowledge.freshness.queryOptions({ botId }));
  const set = useMutation(
    trpc.knowledge.setStaleAfter.mutationOptions({
      onSuccess: (next) => queryClient.setQueryData(queryKey, next),
      onError: (error) => toast.failed(kit("unexpected"), explainError(error, kit)),
    }),
  );
  if (data === undefined || data.documents === 0) return null;
  const known: readonly number[] = choices;
  const days = known.includes(data.staleAfterDays)
    ? known
    : [...known, data.staleAfterDays].sort((a, b) => a - b);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-13 text-ink-2">
      <Clock className="size-4 text-ink-3" aria-hidden />
      <span>{t("stale", { count: data.stale })}</span>
      {data.stale > 0 ? (
        <Button size="sm" onClick={onShow}>
          {t("show")}
        </Button>
      ) : null}
      <Select
        label={t("after")}
        labelHidden
        className="ms-auto"
        value={String(data.staleAfterDays)}
        options={days.map((count) => ({ value: String(count), label: t("after.days", { count }) }))}
        onChange={(value) => set.mutate({ botId, staleAfterDays: Number(value) })}
      />
    </div>
  );
}
