import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useT } from "../../lib/i18n.ts";
import type { Bot } from "../../lib/models.ts";
import { may, useSession } from "../../lib/session.ts";
import { Skeleton, Tabs } from "../../ui/index.ts";
import { DocumentsTab } from "./documents/documents-tab.tsx";
import { ModelTab } from "./model/model-tab.tsx";
import { PromptTab } from "./prompt/prompt-tab.tsx";
import { studioStrings } from "./strings.ts";
import { WidgetTab } from "./widget/widget-tab.tsx";

const route = getRouteApi("/signed-in/bots/$botId");

const IntentsTab = lazy(() => import("./intents/intents-tab.tsx"));
const BotAnalytics = lazy(() => import("../analytics/bot-analytics.tsx"));

const ingredients = ["documents", "prompt", "model", "intents", "widget"] as const;
const withAnalytics = [...ingredients, "analytics"] as const;

/** The ingredients; the chosen tab is in the address. */
export function IngredientTabs({ bot }: { bot: Bot }) {
  const t = useT(studioStrings);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const session = useSession();
  const tabs: readonly (typeof withAnalytics)[number][] = may(session, "read analytics")
    ? withAnalytics
    : ingredients;
  const chosen = tabs.find((tab) => tab === search.tab) ?? "documents";
  const panels = {
    documents: <DocumentsTab botId={bot.id} />,
    prompt: <PromptTab bot={bot} />,
    model: <ModelTab bot={bot} />,
    intents: (
      <Suspense fallback={<Skeleton className="h-72" />}>
        <IntentsTab botId={bot.id} />
      </Suspense>
    ),
    widget: <WidgetTab bot={bot} />,
    analytics: (
      <Suspense fallback={<Skeleton className="h-72" />}>
        <BotAnalytics key={bot.id} botId={bot.id} />
      </Suspense>
    ),
  };
  return (
    // The first tab's word stands over the edge of what is below it.
    <div className="contents [&_[role=tablist]]:ps-1.5 md:[&_[role=tablist]]:ps-3.5">
      <Tabs
        label={t("tabs.label")}
        value={chosen}
        onChange={(tab) => void navigate({ search: { tab }, resetScroll: false })}
        tabs={tabs.map((value) => ({ value, label: t(`tab.${value}`), panel: panels[value] }))}
        panelClassName="relative flex min-h-0 grow flex-col overflow-x-clip p-4 focus-visible:-outline-offset-2 md:px-6 lg:overflow-y-auto"
      />
    </div>
  );
}
