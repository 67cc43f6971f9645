import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { buttonClass, PageHeader } from "../../ui/index.ts";
import { BotsPanel } from "./bots-panel.tsx";
import { FiguresView } from "./figures-view.tsx";
import { Frame } from "./frame.tsx";
import { inputOf, localTimeZone, rangeOf, searchOfRange } from "./range.ts";
import { analyticsStrings } from "./strings.ts";

const route = getRouteApi("/signed-in/analytics");

/** How all the bots do together, and each beside the others. */
export function AnalyticsPage() {
  const t = useT(analyticsStrings);
  const range = rangeOf(route.useSearch());
  const navigate = route.useNavigate();
  const input = inputOf(range, localTimeZone());
  const query = useQuery(
    trpc.analytics.getOverview.queryOptions(input ?? skipToken, {
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    }),
  );
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="mx-auto w-full max-w-6xl p-4 md:p-6">
        <Frame
          range={range}
          onChange={(next) =>
            void navigate({ search: searchOfRange(next), replace: true, resetScroll: false })
          }
          query={query}
          emptyAction={
            <Link to="/bots" className={buttonClass("primary")}>
              {t("empty.bots")}
            </Link>
          }
        >
          {(overview) => (
            <FiguresView figures={overview}>
              <BotsPanel bots={overview.bots} />
            </FiguresView>
          )}
        </Frame>
      </div>
    </>
  );
}
