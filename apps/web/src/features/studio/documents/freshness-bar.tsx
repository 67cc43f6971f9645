import { useMutation, useQuery } from "@tanstack/react-query";
import { Clock, Search } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, explainError, Select, toast, uiStrings } from "../../../ui/index.ts";
import { freshnessStrings } from "./freshness-strings.ts";

const choices = [30, 90, 180, 365, 730] as const;

/** How many documents count as stale, from when on they do, and the way to see what is found in them all. */
export function FreshnessBar({
  botId,
  onShow,
  onSearch,
}: {
  botId: string;
  onShow: () => void;
  onSearch: () => void;
}) {
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
      <span>{data.stale === 0 ? t("none") : t("stale", { count: data.stale })}</span>
      {data.stale > 0 ? (
        <Button size="sm" onClick={onShow}>
          {t("show")}
        </Button>
      ) : null}
      <span className="ms-auto flex flex-wrap items-center gap-2">
        <Button size="sm" variant="ghost" icon={<Search className="size-4" aria-hidden />} onClick={onSearch}>
          {t("search")}
        </Button>
        <Select
          label={t("after")}
          labelHidden
          value={String(data.staleAfterDays)}
          options={days.map((count) => ({ value: String(count), label: t("after.days", { count }) }))}
          onChange={(value) => set.mutate({ botId, staleAfterDays: Number(value) })}
        />
      </span>
    </div>
  );
}
