import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { Time } from "../../ui/index.ts";
import { BotStatus } from "../bots/bot-status.tsx";
import { Listing, useListing } from "./listing.tsx";
import { adminStrings } from "./strings.ts";

/** The bots of every workspace. They are looked at here and changed only by their own people. */
export function BotsTab() {
  const t = useT(adminStrings);
  const bots = useQuery(
    trpc.admin.listAllBots.queryOptions(useListing(), { placeholderData: keepPreviousData }),
  );
  return (
    <Listing
      label={t("search.bots")}
      query={bots}
      row={(bot) => (
        <li key={bot.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
          <div className="min-w-48 grow basis-0">
            <p dir="auto" className="truncate text-match text-14 font-semibold">
              {bot.name}
            </p>
            <p dir="auto" className="truncate text-match text-13 text-ink-2">
              {bot.tenant.name}
            </p>
          </div>
          <div className="w-40">
            <BotStatus status={bot.status} />
          </div>
          <span className="w-28 text-13 text-ink-2">{t("documents", { count: bot.documentCount })}</span>
          <Time value={bot.updatedAt} className="w-28 text-13 text-ink-3" />
        </li>
      )}
    />
  );
}
