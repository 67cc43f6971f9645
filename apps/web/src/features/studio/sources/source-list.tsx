import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, startTransition, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { BotSource } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { ConfirmDialog, toast } from "../../../ui/index.ts";
import { refetchDocuments } from "../documents/documents-cache.ts";
import { SourceNews } from "./source-news.tsx";
import { type SourceAction, SourceRow } from "./source-row.tsx";
import { shortUrl } from "./source-words.ts";
import { sourcesStrings } from "./strings.ts";
import { dropSource } from "./use-sources.ts";

const SourceDialog = lazy(() => import("./source-dialog.tsx"));
const PagesDialog = lazy(() => import("./pages-dialog.tsx"));

/** The bot's web pages and sites, newest first. Nothing when there are none. */
export function SourceList({
  sources,
  onShowDocuments,
}: {
  sources: readonly BotSource[];
  onShowDocuments: (sourceId: string) => void;
}) {
  const t = useT(sourcesStrings);
  const [acting, setActing] = useState<{ action: SourceAction; sourceId: string } | null>(null);
  const source = sources.find(({ id }) => id === acting?.sourceId);
  const close = () => setActing(null);
  const remove = useMutation(
    trpc.botSource.delete.mutationOptions({
      onSuccess: (_, { botId, sourceId }) => {
        dropSource(botId, sourceId);
        refetchDocuments(botId);
        toast.done(t("remove.done"));
      },
    }),
  );
  if (sources.length === 0) return null;
  return (
    <>
      <ul
        aria-label={t("list.label")}
        className="overflow-hidden rounded-panel border border-line bg-surface-1"
      >
        {sources.map((each) => (
          <SourceRow
            key={each.id}
            source={each}
            onAction={(action) => startTransition(() => setActing({ action, sourceId: each.id }))}
            onShowDocuments={() => onShowDocuments(each.id)}
          />
        ))}
      </ul>
      <SourceNews sources={sources} />
      <Suspense fallback={null}>
        {source && acting?.action === "change" ? (
          <SourceDialog botId={source.botId} source={source} onClose={close} />
        ) : null}
        {source && acting?.action === "pages" ? <PagesDialog source={source} onClose={close} /> : null}
      </Suspense>
      {source && acting?.action === "remove" ? (
        <ConfirmDialog
          open
          onClose={close}
          title={t("remove.title", { url: shortUrl(source.url) })}
          description={
            source.pages.documents === 0
              ? t("remove.empty")
              : t("remove.text", { count: source.pages.documents })
          }
          confirmLabel={t("remove.confirm")}
          onConfirm={() => remove.mutateAsync({ botId: source.botId, sourceId: source.id })}
        />
      ) : null}
    </>
  );
}
