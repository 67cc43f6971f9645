import { getRouteApi } from "@tanstack/react-router";
import { BadgeCheck } from "lucide-react";
import { type ComponentType, lazy, Suspense } from "react";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { EmptyState, PageHeader, Skeleton, Tabs } from "../../ui/index.ts";
import { qualityStrings } from "./strings.ts";

const route = getRouteApi("/signed-in/quality");

/** Each tab loads its own code; add one here with its label in `strings.ts`. */
const panels = {
  overview: lazy(() => import("./overview/overview-tab.tsx")),
  reviews: lazy(() => import("./reviews/reviews-tab.tsx")),
  problems: lazy(() => import("./problems/problems-tab.tsx")),
  evaluations: lazy(() => import("./evaluations/evaluations-tab.tsx")),
} as const satisfies Record<string, ComponentType>;

type TabName = keyof typeof panels;
const tabs: readonly TabName[] = ["overview", "reviews", "problems", "evaluations"];

/** How good the answers are, and what to do about it. The tab is in the URL. */
export function QualityPage() {
  const t = useT(qualityStrings);
  const session = useSession();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const current = tabs.find((known) => known === tab) ?? "overview";
  return (
    <>
      <PageHeader title={t("title")} />
      {may(session, "read analytics") ? (
        <div className="mx-auto flex w-full max-w-6xl grow flex-col p-4 md:p-6">
          <Tabs
            label={t("title")}
            value={current}
            onChange={(next) => void navigate({ search: { tab: next }, resetScroll: false })}
            panelClassName="relative flex flex-col gap-4 pt-5 outline-none"
            tabs={tabs.map((value) => {
              const TabPanel = panels[value];
              return {
                value,
                label: t(`tab.${value}`),
                panel: (
                  <Suspense fallback={<Skeleton className="h-72" />}>
                    <TabPanel />
                  </Suspense>
                ),
              };
            })}
          />
        </div>
      ) : (
        <EmptyState icon={<BadgeCheck aria-hidden />} title={t("only.title")} className="pt-24">
          {t("only.text")}
        </EmptyState>
      )}
    </>
  );
}
