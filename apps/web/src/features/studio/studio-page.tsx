import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft, Bot as BotIcon } from "lucide-react";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { buttonClass, EmptyState, ErrorState, PageHeader, Skeleton } from "../../ui/index.ts";
import { BotStatus } from "../bots/bot-status.tsx";
import { BudgetNotice } from "../spending/index.ts";
import { IngredientTabs } from "./ingredient-tabs.tsx";
import { PassagePanel } from "./passage-panel.tsx";
import { Playground } from "./playground/playground.tsx";
import { studioStrings } from "./strings.ts";

const route = getRouteApi("/signed-in/bots/$botId");

/** One bot: what it is made of, and beside it the bot itself to talk to. */
export function StudioPage() {
  const t = useT(studioStrings);
  const { botId } = route.useParams();
  const bot = useQuery(trpc.bot.byId.queryOptions({ id: botId }, { placeholderData: undefined }));
  const [ingredients, setIngredients] = useState<HTMLDivElement | null>(null);

  if (bot.isPending) return <StudioSkeleton label={t("loading")} />;
  if (bot.isError && bot.data === undefined) {
    return (
      <>
        <PageHeader title={t("title")} back={<BackLink />} />
        <ErrorState error={bot.error} title={t("failed.title")} onRetry={() => void bot.refetch()} />
      </>
    );
  }
  if (bot.data === null || bot.data === undefined) return <NoBot />;
  return (
    <>
      <PageHeader title={bot.data.name} back={<BackLink />}>
        <BotStatus status={bot.data.status} />
        <a href="#playground" className={`${buttonClass("secondary", "sm")} lg:hidden`}>
          {t("try")}
        </a>
      </PageHeader>
      <BudgetNotice botId={botId} />
      <div className="flex min-h-0 grow flex-col lg:flex-row">
        <div ref={setIngredients} className="relative flex min-w-0 grow flex-col lg:min-h-0">
          <IngredientTabs bot={bot.data} />
          {ingredients ? <PassagePanel container={ingredients} /> : null}
        </div>
        <div
          id="playground"
          className="flex h-[min(85dvh,46rem)] shrink-0 flex-col border-t border-line bg-surface-1 lg:h-auto lg:min-h-0 lg:w-[26rem] lg:border-s lg:border-t-0 2xl:w-[32rem]"
        >
          <Playground key={botId} bot={bot.data} />
        </div>
      </div>
    </>
  );
}

function BackLink() {
  const t = useT(studioStrings);
  return (
    <Link to="/bots" aria-label={t("back")} className={buttonClass("ghost", "sm")}>
      <ArrowLeft className="flip-rtl size-4" aria-hidden />
    </Link>
  );
}

function NoBot() {
  const t = useT(studioStrings);
  return (
    <>
      <PageHeader title={t("title")} back={<BackLink />} />
      <EmptyState
        icon={<BotIcon aria-hidden />}
        title={t("missing.title")}
        action={
          <Link to="/bots" className={buttonClass("primary")}>
            {t("missing.action")}
          </Link>
        }
      >
        {t("missing.text")}
      </EmptyState>
    </>
  );
}

function StudioSkeleton({ label }: { label: string }) {
  const t = useT(studioStrings);
  return (
    <>
      <PageHeader title={t("title")} back={<BackLink />} />
      <div role="status" aria-label={label} className="flex grow flex-col gap-4 p-4 md:p-6 lg:flex-row">
        <div className="flex grow flex-col gap-4">
          <Skeleton className="h-8 w-72" />
          <Skeleton className="h-32" />
          <Skeleton className="h-48" />
        </div>
        <Skeleton className="h-96 lg:h-auto lg:w-[26rem]" />
      </div>
    </>
  );
}
