import { ExternalLink } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { Badge, Button, buttonClass, CopyButton, Panel } from "../../../ui/index.ts";
import { useBotUpdate } from "../model/use-bot-update.ts";
import { shareStrings } from "./share-strings.ts";

/** The bot's own page, which anybody with the link may open: where it is, and whether it is there. */
export function PublicPage({ bot }: { bot: Bot }) {
  const t = useT(shareStrings);
  const update = useBotUpdate(bot.id, t("page.failed"));
  const isOn = update.isPending ? update.variables.publicPage === true : bot.publicPage;
  const address = `${location.origin}/c/${bot.publicUrlId}`;
  return (
    <Panel
      title={t("page.title")}
      description={t("page.text")}
      action={<Badge tone={isOn ? "good" : "neutral"}>{t(isOn ? "page.on" : "page.off")}</Badge>}
    >
      {isOn ? (
        <div className="flex flex-wrap items-center gap-2">
          <a
            href={address}
            target="_blank"
            rel="noreferrer"
            dir="ltr"
            className="min-w-0 grow basis-full truncate rounded-control sm:basis-60 bg-surface-2 px-3 py-1.5 font-mono text-12 text-accent hover:underline"
          >
            {address}
          </a>
          <CopyButton text={address} label={t("page.link")} />
          <a
            href={address}
            target="_blank"
            rel="noreferrer"
            className={buttonClass("secondary", "sm")}
            aria-label={t("page.open")}
          >
            <ExternalLink className="flip-rtl size-4" aria-hidden />
          </a>
        </div>
      ) : (
        <p className="text-14 text-ink-2">{t("page.off.text")}</p>
      )}
      <Button
        size="sm"
        className="mt-3"
        pending={update.isPending}
        onClick={() => update.mutate({ id: bot.id, publicPage: !isOn })}
      >
        {t(isOn ? "page.turnOff" : "page.turnOn")}
      </Button>
    </Panel>
  );
}
