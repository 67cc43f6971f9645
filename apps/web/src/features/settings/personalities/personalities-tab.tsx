import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus, VenetianMask } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Personality } from "../../../lib/models.ts";
import { may, useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  explainError,
  Pager,
  Panel,
  Skeleton,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { PersonalityDialog } from "./personality-dialog.tsx";
import type { Draft } from "./personality-form.ts";
import { PersonalityRow } from "./personality-row.tsx";
import { personalityStrings } from "./strings.ts";

type Doing =
  | { act: "create"; sample?: Partial<Draft> }
  | { act: "edit" | "delete"; personality: Personality };

/** The prompts that the workspace's bots share: which there are, the default one, and a new one. */
export function PersonalitiesTab() {
  const t = useT(personalityStrings);
  const ui = useT(uiStrings);
  const session = useSession();
  const mayManage = may(session, "manage bots");
  const [page, setPage] = useState(1);
  const list = useQuery(trpc.aiPersonalities.list.queryOptions({ page }));
  const [doing, setDoing] = useState<Doing | null>(null);
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.aiPersonalities.pathFilter()),
      queryClient.invalidateQueries(trpc.bot.pathFilter()),
    ]);
  const makeDefault = useMutation(
    trpc.aiPersonalities.setDefault.mutationOptions({
      onSuccess: async ({ name }) => {
        await refresh();
        toast.done(t("makeDefault.done", { name }));
      },
      onError: (error) => toast.failed(t("makeDefault.failed"), explainError(error, ui)),
    }),
  );
  const remove = useMutation(trpc.aiPersonalities.delete.mutationOptions());

  async function confirmDelete({ id, name }: Personality) {
    await remove.mutateAsync({ id });
    await refresh();
    toast.done(t("delete.done", { name }));
  }

  const isEmpty = list.data?.meta.totalItems === 0;
  const add = (
    <Button
      variant={isEmpty ? "primary" : "secondary"}
      icon={<Plus className="size-4" aria-hidden />}
      onClick={() => setDoing({ act: "create" })}
    >
      {t("add")}
    </Button>
  );
  return (
    <Panel
      title={t("title")}
      description={<p className="max-w-prose">{t("text")}</p>}
      action={mayManage && !isEmpty ? add : undefined}
    >
      {list.isPending ? (
        <Skeleton className="h-24" />
      ) : list.isError ? (
        <ErrorState error={list.error} title={t("failed")} onRetry={() => void list.refetch()} />
      ) : isEmpty ? (
        <EmptyState
          icon={<VenetianMask aria-hidden />}
          title={t("empty.title")}
          action={
            mayManage ? (
              <>
                {add}
                <Button
                  onClick={() =>
                    setDoing({
                      act: "create",
                      sample: { name: t("sample.name"), systemPrompt: t("sample.prompt") },
                    })
                  }
                >
                  {t("empty.sample")}
                </Button>
              </>
            ) : undefined
          }
        >
          {t(mayManage ? "empty.text" : "onlyAdmins")}
        </EmptyState>
      ) : (
        <>
          <ul className="divide-y divide-line rounded-control border border-line">
            {list.data.items.map((personality) => (
              <PersonalityRow
                key={personality.id}
                personality={personality}
                acts={
                  mayManage
                    ? {
                        onEdit: () => setDoing({ act: "edit", personality }),
                        onMakeDefault: () => makeDefault.mutate({ id: personality.id }),
                        // another one must be the default first
                        onDelete:
                          personality.isDefault && list.data.meta.totalItems > 1
                            ? null
                            : () => setDoing({ act: "delete", personality }),
                      }
                    : null
                }
              />
            ))}
          </ul>
          <Pager page={page} pages={list.data.meta.totalPages} onPage={setPage} className="mt-3" />
          {mayManage ? null : <p className="mt-3 text-13 text-ink-2">{t("onlyAdmins")}</p>}
        </>
      )}
      {doing?.act === "create" || doing?.act === "edit" ? (
        <PersonalityDialog
          personality={doing.act === "edit" ? doing.personality : null}
          isFirst={isEmpty}
          {...(doing.act === "create" && doing.sample ? { sample: doing.sample } : {})}
          onClose={() => setDoing(null)}
          onSaved={() => void refresh()}
        />
      ) : null}
      {doing?.act === "delete" ? (
        <ConfirmDialog
          open
          onClose={() => setDoing(null)}
          title={t("delete.title", { name: doing.personality.name })}
          description={
            doing.personality.botCount > 0
              ? `${t("bots", { count: doing.personality.botCount })}. ${t("delete.used")}`
              : t(doing.personality.isDefault ? "delete.last" : "delete.text")
          }
          confirmLabel={t("delete.action")}
          onConfirm={() => confirmDelete(doing.personality)}
        />
      ) : null}
    </Panel>
  );
}
