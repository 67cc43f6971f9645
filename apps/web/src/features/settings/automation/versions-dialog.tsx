import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { type Outputs, queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  Dialog,
  ErrorState,
  explainError,
  Pager,
  Skeleton,
  Time,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import type { Rule } from "./rule-draft.ts";
import { automationStrings } from "./strings.ts";
import { useRuleWords } from "./words.strings.ts";

type Version = Outputs["automation"]["versions"]["items"][number];

/** What a rule said before, and the way back to it: as a new version, tried again before it is switched on. */
export function VersionsDialog({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const t = useT(automationStrings);
  const [page, setPage] = useState(1);
  const versions = useQuery(
    trpc.automation.versions.queryOptions({ ruleId: rule.id, page }, { placeholderData: keepPreviousData }),
  );
  return (
    <Dialog open wide onClose={onClose} title={t("versions.title", { name: rule.name })}>
      {versions.isPending ? (
        <Skeleton className="h-24" />
      ) : versions.isError ? (
        <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />
      ) : (
        <div className="flex flex-col gap-4">
          <ul className="divide-y divide-line rounded-control border border-line">
            {versions.data.items.map((version) => (
              <VersionRow key={version.version} version={version} rule={rule} onRestored={onClose} />
            ))}
          </ul>
          <Pager page={page} pages={versions.data.meta.totalPages} onPage={setPage} />
        </div>
      )}
    </Dialog>
  );
}

interface VersionRowProps {
  version: Version;
  rule: Rule;
  onRestored: () => void;
}

function VersionRow({ version, rule, onRestored }: VersionRowProps) {
  const t = useT(automationStrings);
  const ui = useT(uiStrings);
  const word = useRuleWords();
  const restore = useMutation(
    trpc.automation.update.mutationOptions({
      async onSuccess({ name }) {
        toast.done(t("form.done", { name }));
        onRestored();
        await queryClient.invalidateQueries(trpc.automation.pathFilter());
      },
      onError: (error) => toast.failed(t("form.failed", { reason: explainError(error, ui) })),
    }),
  );
  const { name, triggerEvent, conditions, actions, priority } = version;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3 text-13">
      <div className="min-w-0 grow basis-56">
        <p className="font-medium">
          {t("versions.number", { version: version.version })} <Time value={version.createdAt} />
        </p>
        <p className="text-ink-2">{version.savedBy ? <bdi>{version.savedBy.name}</bdi> : null}</p>
        <p dir="auto" className="text-match [overflow-wrap:anywhere]">
          {name}
        </p>
        <p className="text-ink-2">
          {word(triggerEvent)}: {actions.map(({ type }) => word(type)).join(", ")}
        </p>
        <p className="text-ink-3">{t("versions.conditions", { count: conditions.length })}</p>
      </div>
      {version.version === rule.version ? (
        <Badge>{t("versions.current")}</Badge>
      ) : (
        <Button
          size="sm"
          pending={restore.isPending}
          aria-label={t("versions.restoreOf", { version: version.version })}
          onClick={() =>
            restore.mutate({
              ruleId: rule.id,
              version: rule.version,
              ...{ name, triggerEvent, conditions, actions, priority },
            })
          }
        >
          {t("versions.restore")}
        </Button>
      )}
    </li>
  );
}
