import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FlaskConical, ListPlus, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  IconButton,
  Pager,
  Panel,
  SearchField,
  Skeleton,
} from "../../../ui/index.ts";
import { CaseDialog } from "./case-dialog.tsx";
import { caseStrings } from "./cases.strings.ts";
import { MakeDialog } from "./make-dialog.tsx";
import { evaluationStrings } from "./strings.ts";
import { type Case, useMayEvaluate } from "./use-evaluations.ts";

/** A bot's cases: found, added one by one or many at once, changed and deleted. */
export function CasesPanel({ bot }: { bot: Bot }) {
  const t = useT(evaluationStrings);
  const tCases = useT(caseStrings);
  const mayEvaluate = useMayEvaluate();
  const queryClient = useQueryClient();
  const [search, setSearch] = useState<string | undefined>();
  const [page, setPage] = useState(1);
  const [editing, setEditing] = useState<Case | "new" | null>(null);
  const [making, setMaking] = useState(false);
  const [deleting, setDeleting] = useState<Case | null>(null);
  const cases = useQuery(
    trpc.evaluations.cases.list.queryOptions({
      botId: bot.id,
      page,
      pageSize: 20,
      ...(search ? { search } : {}),
    }),
  );
  const remove = useMutation(
    trpc.evaluations.cases.delete.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.evaluations.cases.pathFilter()),
    }),
  );
  const total = cases.data?.meta.totalItems ?? 0;
  const actions = mayEvaluate ? (
    <div className="flex flex-wrap gap-2">
      <Button icon={<Plus className="size-4" aria-hidden />} onClick={() => setEditing("new")}>
        {tCases("cases.add")}
      </Button>
      <Button icon={<ListPlus className="size-4" aria-hidden />} onClick={() => setMaking(true)}>
        {tCases("cases.make")}
      </Button>
    </div>
  ) : undefined;
  const isBare = cases.isSuccess && total === 0 && !search;
  return (
    <Panel
      title={tCases("cases.title")}
      description={tCases("cases.text")}
      action={isBare ? undefined : actions}
    >
      {isBare ? (
        <EmptyState icon={<FlaskConical aria-hidden />} title={tCases("cases.none.title")} action={actions}>
          {tCases("cases.none.text")}
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center gap-3">
            <SearchField
              label={tCases("cases.search")}
              search={search}
              onSearch={(wanted) => {
                setSearch(wanted);
                setPage(1);
              }}
              className="grow basis-56"
            />
            <span className="text-13 text-ink-3" aria-live="polite">
              {tCases("cases.count", { count: total })}
            </span>
          </div>
          {cases.isPending ? (
            <Skeleton className="h-32" />
          ) : cases.isError ? (
            <ErrorState error={cases.error} title={t("failed")} onRetry={() => void cases.refetch()} />
          ) : total === 0 ? (
            <p className="text-14 text-ink-2">{tCases("cases.nothing")}</p>
          ) : (
            <ul>
              {cases.data.items.map((one) => (
                <CaseRow
                  key={one.id}
                  one={one}
                  {...(mayEvaluate
                    ? { onEdit: () => setEditing(one), onDelete: () => setDeleting(one) }
                    : {})}
                />
              ))}
            </ul>
          )}
          <Pager page={page} pages={cases.data?.meta.totalPages ?? 1} onPage={setPage} />
        </div>
      )}
      {editing ? (
        <CaseDialog
          botId={bot.id}
          known={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
        />
      ) : null}
      {making ? <MakeDialog bot={bot} onClose={() => setMaking(false)} /> : null}
      <ConfirmDialog
        open={deleting !== null}
        onClose={() => setDeleting(null)}
        title={tCases("delete.title")}
        description={
          <>
            <p dir="auto" className="mb-2 text-ink-1">
              {deleting?.question}
            </p>
            {tCases("delete.text")}
          </>
        }
        confirmLabel={tCases("delete.action")}
        onConfirm={() => remove.mutateAsync({ caseId: deleting?.id ?? "" })}
      />
    </Panel>
  );
}

function CaseRow({ one, onEdit, onDelete }: { one: Case; onEdit?: () => void; onDelete?: () => void }) {
  const t = useT(evaluationStrings);
  const tCases = useT(caseStrings);
  const isOpen = one.expects === "answer" && one.goldAnswers.length + one.mustContain.length === 0;
  return (
    <li className="flex items-center gap-2 border-t border-line py-2 first:border-t-0">
      <div className="min-w-0 grow">
        <p dir="auto" className="text-start text-14 wrap-anywhere">
          {one.question}
        </p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-12 text-ink-3">
          <span>{t(`expects.${one.expects}`)}</span>
          <span aria-hidden>·</span>
          <span>{tCases(`origin.${one.origin}`)}</span>
          {one.isEnabled ? null : (
            <Badge tone={isOpen ? "warn" : "neutral"}>
              {tCases(isOpen ? "cases.incomplete" : "cases.off")}
            </Badge>
          )}
        </p>
      </div>
      {onEdit ? (
        <IconButton
          label={tCases("cases.edit")}
          icon={<Pencil className="size-4" aria-hidden />}
          onClick={onEdit}
        />
      ) : null}
      {onDelete ? (
        <IconButton
          label={tCases("cases.delete")}
          icon={<Trash2 className="size-4" aria-hidden />}
          onClick={onDelete}
        />
      ) : null}
    </li>
  );
}
