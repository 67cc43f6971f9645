import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowRight, Ellipsis, Trash2 } from "lucide-react";
import { useT } from "../../lib/i18n.ts";
import type { Bot } from "../../lib/models.ts";
import { Badge } from "../../ui/badge.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Time } from "../../ui/time.tsx";
import { BotStatus } from "./bot-status.tsx";
import { botsStrings } from "./strings.ts";

/** One bot: the whole row opens it; the menu at its end holds the rest. */
export function BotRow({
  bot,
  isBudgetSpent,
  onDelete,
}: {
  bot: Bot;
  /** It quotes its documents until the month ends. */
  isBudgetSpent: boolean;
  onDelete: () => void;
}) {
  const t = useT(botsStrings);
  const navigate = useNavigate();
  const icon = "size-4 text-ink-3";
  return (
    <li className="relative flex items-center gap-4 px-4 py-3 first:rounded-t-panel last:rounded-b-panel focus-within:bg-surface-2 hover:bg-surface-2">
      <div className="min-w-0 grow">
        <Link
          to="/bots/$botId"
          params={{ botId: bot.id }}
          dir="auto"
          className="block truncate text-match text-14 font-semibold after:absolute after:inset-0"
        >
          {bot.name}
        </Link>
        {bot.description ? (
          <p dir="auto" className="truncate text-match text-13 text-ink-2">
            {bot.description}
          </p>
        ) : null}
        {isBudgetSpent ? (
          <p className="mt-1">
            <Badge tone="warn">{t("budget.spent")}</Badge>
          </p>
        ) : null}
        <p className="mt-1 flex flex-wrap items-center gap-x-3 text-13 text-ink-3 md:hidden">
          <BotStatus status={bot.status} />
          {t("documents", { count: bot.documentCount })}
        </p>
      </div>
      <div className="hidden w-40 shrink-0 md:block">
        <BotStatus status={bot.status} />
      </div>
      <div className="hidden w-28 shrink-0 text-13 text-ink-2 md:block">
        {t("documents", { count: bot.documentCount })}
      </div>
      <Time value={bot.updatedAt} className="hidden w-28 shrink-0 text-13 text-ink-3 lg:block" />
      <div className="relative">
        <Menu
          trigger={
            <button
              type="button"
              aria-label={t("actions", { name: bot.name })}
              className="inline-flex size-8 items-center justify-center rounded-control text-ink-2 hover:bg-surface-3 hover:text-ink-1"
            >
              <Ellipsis className="size-4" aria-hidden />
            </button>
          }
          items={[
            {
              label: t("open"),
              icon: <ArrowRight className={`${icon} flip-rtl`} aria-hidden />,
              onSelect: () => void navigate({ to: "/bots/$botId", params: { botId: bot.id } }),
            },
            {
              label: t("delete"),
              icon: <Trash2 className="size-4" aria-hidden />,
              danger: true,
              onSelect: onDelete,
            },
          ]}
        />
      </div>
    </li>
  );
}
