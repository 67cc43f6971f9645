import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { MessageSquareText, Plus } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { type Outputs, queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Panel,
  SearchField,
  Skeleton,
  toast,
} from "../../../ui/index.ts";
import { ReplyDialog } from "./reply-dialog.tsx";
import { cannedStrings } from "./strings.ts";

export type CannedReply = Outputs["cannedReplies"]["list"][number];
type Doing = { act: "new" } | { act: "edit" | "delete"; reply: CannedReply };

/** The replies that colleagues insert by a shortcut, the same for all of them. */
export function CannedTab() {
  const t = useT(cannedStrings);
  const [search, setSearch] = useState<string | undefined>();
  const [doing, setDoing] = useState<Doing | null>(null);
  const replies = useQuery(
    trpc.cannedReplies.list.queryOptions(search === undefined ? {} : { search }, {
      placeholderData: keepPreviousData,
    }),
  );
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
      {replies.isPending ? (
        <Skeleton className="h-24" />
      ) : replies.isError ? (
        <ErrorState error={replies.error} title={t("failed")} onRetry={() => void replies.refetch()} />
      ) : replies.data.length === 0 && search === undefined ? (
        <EmptyState icon={<MessageSquareText aria-hidden />} title={t("empty.title")}>
          {t("empty.text")}
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          <SearchField label={t("search")} search={search} onSearch={setSearch} />
          {replies.data.length === 0 ? (
            <p role="status" className="text-14 text-ink-2">
              {t("found.none")}
            </p>
          ) : (
            <ul className="divide-y divide-line rounded-control border border-line">
              {replies.data.map((reply) => (
                <ReplyRow key={reply.id} reply={reply} onAct={(act) => setDoing({ act, reply })} />
              ))}
            </ul>
          )}
        </div>
      )}
      {doing ? <Acts doing={doing} onClose={() => setDoing(null)} /> : null}
    </Panel>
  );
}

function ReplyRow({ reply, onAct }: { reply: CannedReply; onAct: (act: "edit" | "delete") => void }) {
  const t = useT(cannedStrings);
  const { shortcut, language, text } = reply;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 grow basis-56">
        <p className="text-14 font-medium [overflow-wrap:anywhere]">
          <bdi>/{shortcut}</bdi> <span className="text-12 text-ink-3">{t(`language.${language}`)}</span>
        </p>
        <p dir="auto" className="truncate text-match text-13 text-ink-2">
          {text}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" aria-label={t("edit.of", { shortcut })} onClick={() => onAct("edit")}>
          {t("edit")}
        </Button>
        <Button
          size="sm"
          variant="danger"
          aria-label={t("remove.of", { shortcut })}
          onClick={() => onAct("delete")}
        >
          {t("remove")}
        </Button>
      </div>
    </li>
  );
}

function Acts({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  const t = useT(cannedStrings);
  const remove = useMutation(trpc.cannedReplies.delete.mutationOptions());
  if (doing.act === "new") return <ReplyDialog reply={null} onClose={onClose} />;
  const { act, reply } = doing;
  if (act === "edit") return <ReplyDialog reply={reply} onClose={onClose} />;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t("delete.title", { shortcut: reply.shortcut })}
      description={t("delete.text")}
      confirmLabel={t("delete.action")}
      onConfirm={async () => {
        await remove.mutateAsync({ id: reply.id });
        toast.done(t("delete.done", { shortcut: reply.shortcut }));
        await queryClient.invalidateQueries(trpc.cannedReplies.pathFilter());
      }}
    />
  );
}
