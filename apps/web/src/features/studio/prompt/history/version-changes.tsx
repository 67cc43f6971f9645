import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../../lib/i18n.ts";
import { trpc } from "../../../../lib/trpc.ts";
import { Button, ErrorState, Skeleton } from "../../../../ui/index.ts";
import { LazyDiff } from "./lazy-diff.tsx";
import { promptHistoryStrings } from "./strings.ts";

const nothing = { name: "", content: "" };

/** A version beside the one before it, or beside the present one. */
export function VersionChanges({
  promptId,
  version,
  current,
}: {
  promptId: string;
  version: number;
  current: number;
}) {
  const t = useT(promptHistoryStrings);
  const [withPresent, setWithPresent] = useState(false);
  const other = withPresent ? current : version - 1;
  // A version never changes, so it is asked for once.
  const read = (number: number) =>
    trpc.botPrompt.version.queryOptions(
      { id: promptId, version: Math.max(number, 1) },
      { staleTime: Number.POSITIVE_INFINITY, placeholderData: undefined },
    );
  const one = useQuery(read(version));
  const two = useQuery(read(other));
  const failed = one.error ?? two.error;
  const choices = version === current ? [false] : [false, true];
  return (
    <div className="flex flex-col gap-2">
      {choices.length > 1 ? (
        <fieldset aria-label={t("compare")} className="flex flex-wrap gap-1">
          {choices.map((choice) => (
            <Button
              key={String(choice)}
              size="sm"
              variant={choice === withPresent ? "secondary" : "ghost"}
              aria-pressed={choice === withPresent}
              onClick={() => setWithPresent(choice)}
            >
              {choice ? t("compare.present") : t("compare.before")}
            </Button>
          ))}
        </fieldset>
      ) : null}
      {failed ? (
        <ErrorState
          error={failed}
          onRetry={() => void Promise.all([one.refetch(), two.refetch()])}
          className="py-2!"
        />
      ) : one.data === undefined || two.data === undefined ? (
        <Skeleton className="h-24" />
      ) : withPresent ? (
        <LazyDiff before={one.data} after={two.data} />
      ) : (
        // What was there before the first version is nothing, and its name was not changed.
        <LazyDiff before={other < 1 ? { ...nothing, name: one.data.name } : two.data} after={one.data} />
      )}
    </div>
  );
}
