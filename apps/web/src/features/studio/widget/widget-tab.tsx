import { useQuery } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { ErrorState, Panel, Skeleton } from "../../../ui/index.ts";
import { ApiUse } from "./api-use.tsx";
import { EmbedCode } from "./embed-code.tsx";
import { PublicPage } from "./public-page.tsx";
import { widgetStrings } from "./strings.ts";
import { WidgetForm } from "./widget-form.tsx";

/** The bot outside the console: on other people's pages, on a page of its own, in programs. */
export function WidgetTab({ bot }: { bot: Bot }) {
  const t = useT(widgetStrings);
  const widget = useQuery(
    trpc.widgetConfig.getByBotId.queryOptions({ botId: bot.id }, { placeholderData: undefined }),
  );
  if (widget.isPending) {
    return (
      <div role="status" aria-label={t("loading")} className="grid gap-4 xl:grid-cols-2">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    );
  }
  if (widget.isError) {
    return <ErrorState error={widget.error} title={t("failed")} onRetry={() => void widget.refetch()} />;
  }
  const { widgetId, updatedAt, embedCode } = widget.data;
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <Panel title={t("look.title")}>
          <WidgetForm widget={widget.data} />
        </Panel>
        <Panel title={t("preview.title")} description={t("preview.note")}>
          <iframe
            // A new key loads the page anew after each save.
            key={updatedAt}
            src={`/widget-preview/${widgetId}`}
            title={t("preview.frame")}
            className="block h-[34rem] w-full rounded-control border border-line bg-surface-0"
          />
        </Panel>
      </div>
      <EmbedCode code={embedCode} />
      <PublicPage bot={bot} />
      <ApiUse bot={bot} />
    </div>
  );
}
