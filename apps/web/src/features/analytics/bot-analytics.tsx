import { skipToken, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { buttonClass } from "../../ui/index.ts";
import { FiguresView } from "./figures-view.tsx";
import { Frame } from "./frame.tsx";
import { inputOf, localTimeZone, rangeOf, searchOfRange } from "./range.ts";
import { analyticsStrings } from "./strings.ts";

const route = getRouteApi("/signed-in/bots/$botId");

/** How one bot does: a tab of the studio. */
export default function BotAnalytics({ botId }: { botId: string }) {
  const t = useT(analyticsStrings);
  const range = rangeOf(route.useSearch());
  const navigate = route.useNavigate();
  const input = inputOf(range, localTimeZone());
  const query = useQuery(
    trpc.analytics.getBotSpecific.queryOptions(input === null ? skipToken : { ...input, botId }, {
      // another bot's figures are not this one's
      placeholderData: (before) => (before?.botId === botId ? before : undefined),
      staleTime: 60_000,
    }),
  );
  return (
    <Frame
      range={range}
      onChange={(next) =>
        void navigate({
          search: { tab: "analytics", ...searchOfRange(next) },
          replace: true,
          resetScroll: false,
        })
      }
      query={query}
      emptyAction={
        <>
          <a href="#playground" className={buttonClass("primary")}>
            {t("empty.ask")}
          </a>
          <Link to="/bots/$botId" params={{ botId }} search={{ tab: "widget" }} className={buttonClass()}>
            {t("empty.widget")}
          </Link>
        </>
      }
    >
      {(figures) => <FiguresView figures={figures} />}
    </Frame>
  );
}
