import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus, Workflow } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  explainError,
  Pager,
  Panel,
  Skeleton,
  StatusDot,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { RuleDialog } from "./rule-dialog.tsx";
import type { Rule } from "./rule-draft.ts";
import { automationStrings } from "./strings.ts";
import { TryDialog } from "./try-dialog.tsx";
import { VersionsDialog } from "./versions-dialog.tsx";
import { useRuleWords } from "./words.strings.ts";

type Act = "edit" | "try" | "versions" | "delete";
type Doing = { act: Act; rule: Rule } | { act: "new" };

/** The workspace's rules, in the order in which they run. */
export function AutomationTab() {
  const t = useT(automationStrings);
  const { page = 1 } = useSearch({ from: "/signed-in/settings" });
  const navigate = useNavigate({ from: "/settings" });
  const [doing, setDoing] = useState<Doing | null>(null);
  const rules = useQuery(trpc.automation.list.queryOptions({ page }, { placeholderData: keepPreviousData }));
  return (
    <Panel
      title={t("title")}
      description={<p className="max-w-prose">{t("text")}</p>}
      action={
        <Button icon={<Plus className="size-4" aria-hidden />} onClick={() => setDoing({ act: "new" })}>
          {t("add")}
        </Button>
      }
    >
      {rules.isPending ? (
        <Skeleton className="h-32" />
      ) : rules.isError ? (
        <ErrorState error={rules.error} title={t("failed")} onRetry={() => void rules.refetch()} />
      ) : rules.data.items.length === 0 ? (
        <EmptyState icon={<Workflow aria-hidden />} title={t("none.title")}>
          {t("none.text")}
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          <ul className="divide-y divide-line rounded-control border border-line">
            {rules.data.items.map((rule) => (
              <RuleRow key={rule.id} rule={rule} onAct={(act) => setDoing({ act, rule })} />
            ))}
          </ul>
          <Pager
            page={page}
            pages={rules.data.meta.totalPages}
            onPage={(to) => void navigate({ search: (now) => ({ ...now, page: to }) })}
          />
        </div>
      )}
      {doing ? <Acts doing={doing} onClose={() => setDoing(null)} /> : null}
    </Panel>
  );
}

function Acts({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  const t = useT(automationStrings);
  const remove = useMutation(trpc.automation.delete.mutationOptions());
  if (doing.act === "new") return <RuleDialog rule={null} onClose={onClose} />;
  const { act, rule } = doing;
  if (act === "edit") return <RuleDialog rule={rule} onClose={onClose} />;
  if (act === "versions") return <VersionsDialog rule={rule} onClose={onClose} />;
  if (act === "try") return <TryDialog rule={rule} onClose={onClose} />;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t("delete.title", { name: rule.name })}
      description={t("delete.text")}
      confirmLabel={t("delete.action")}
      onConfirm={async () => {
        await remove.mutateAsync({ ruleId: rule.id });
        toast.done(t("delete.done", { name: rule.name }));
        await queryClient.invalidateQueries(trpc.automation.pathFilter());
      }}
    />
  );
}

function RuleRow({ rule, onAct }: { rule: Rule; onAct: (act: Act) => void }) {
  const t = useT(automationStrings);
  const ui = useT(uiStrings);
  const word = useRuleWords();
  const { name, enabled, obstacle, activity } = rule;
  const turnOff = useMutation(
    trpc.automation.update.mutationOptions({
      async onSuccess() {
        toast.done(t("turnedOff.done", { name }));
        await queryClient.invalidateQueries(trpc.automation.pathFilter());
      },
      onError: (error) => toast.failed(t("form.failed", { reason: explainError(error, ui) })),
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 grow basis-56">
        <p dir="auto" className="text-match text-14 font-medium [overflow-wrap:anywhere]">
          {name}
        </p>
        <p className="text-13 text-ink-2">{word(rule.triggerEvent)}</p>
        <div className="flex flex-wrap items-center gap-2 pt-0.5">
          <StatusDot tone={enabled ? "good" : "neutral"} label={t(enabled ? "on" : "off")} />
          {obstacle ? <Badge tone="warn">{t(`obstacle.${obstacle}`)}</Badge> : null}
          <span className="text-13 text-ink-3">{t("times", { count: activity.times })}</span>
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        {enabled ? (
          <Button
            size="sm"
            pending={turnOff.isPending}
            aria-label={t("turnOff.of", { name })}
            onClick={() => turnOff.mutate({ ruleId: rule.id, enabled: false })}
          >
            {t("turnOff")}
          </Button>
        ) : null}
        <Button size="sm" aria-label={t("try.of", { name })} onClick={() => onAct("try")}>
          {t("try")}
        </Button>
        <Button size="sm" aria-label={t("edit.of", { name })} onClick={() => onAct("edit")}>
          {t("edit")}
        </Button>
        <Button size="sm" aria-label={t("versions.of", { name })} onClick={() => onAct("versions")}>
          {t("versions")}
        </Button>
        <Button
          size="sm"
          variant="danger"
          aria-label={t("remove.of", { name })}
          onClick={() => onAct("delete")}
        >
          {t("remove")}
        </Button>
      </div>
    </li>
  );
}
