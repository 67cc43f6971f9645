import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import { useSignOut } from "../../app/use-sign-out.ts";
import { setLanguage, useLanguage, useT } from "../../lib/i18n.ts";
import { applyTheme, languageNames, languages } from "../../lib/preferences.ts";
import { may, useSession } from "../../lib/session.ts";
import { trpc } from "../../lib/trpc.ts";
import { type Command, matching } from "./matches.ts";
import { paletteStrings } from "./strings.ts";

const shownOfEach = 6;

/** Everything that can be reached or done for what was typed: fixed commands, bots, conversations. */
export function useCommands(query: string): Command[] {
  const t = useT(paletteStrings);
  const navigate = useNavigate();
  const language = useLanguage();
  const session = useSession();
  const { user } = session;
  const signOut = useSignOut();
  const search = useDeferredValue(query.trim());
  const wanted = search === "" ? {} : { search };
  const bots = useQuery(
    trpc.bot.list.queryOptions(
      { page: 1, pageSize: shownOfEach, ...wanted },
      { placeholderData: keepPreviousData },
    ),
  );
  const conversations = useQuery(
    trpc.conversations.list.queryOptions(
      { view: "all", limit: shownOfEach, ...wanted },
      { placeholderData: keepPreviousData },
    ),
  );

  const go = t("group.go");
  const act = t("group.act");
  const fixed: Command[] = [
    { id: "inbox", group: go, label: t("inbox"), run: () => void navigate({ to: "/inbox" }) },
    {
      id: "mine",
      group: go,
      label: t("mine"),
      run: () => void navigate({ to: "/inbox", search: { view: "mine" } }),
    },
    { id: "bots", group: go, label: t("bots"), run: () => void navigate({ to: "/bots" }) },
    { id: "templates", group: go, label: t("templates"), run: () => void navigate({ to: "/templates" }) },
    ...(may(session, "read analytics")
      ? [
          {
            id: "analytics",
            group: go,
            label: t("analytics"),
            run: () => void navigate({ to: "/analytics" }),
          },
          {
            id: "quality",
            group: go,
            label: t("quality"),
            run: () => void navigate({ to: "/quality" }),
          },
        ]
      : []),
    {
      id: "models",
      group: go,
      label: t("models"),
      also: "api key openai ollama",
      run: () => void navigate({ to: "/settings", search: { tab: "models" } }),
    },
    ...(["costs", "keys", "plan"] as const).map((tab) => ({
      id: tab,
      group: go,
      label: t(tab),
      run: () => void navigate({ to: "/settings", search: { tab } }),
    })),
    {
      id: "account",
      group: go,
      label: t("account"),
      run: () => void navigate({ to: "/settings", search: { tab: "account" } }),
    },
    ...(user.role === "ADMIN"
      ? [{ id: "admin", group: go, label: t("admin"), run: () => void navigate({ to: "/admin" }) }]
      : []),
    {
      id: "new",
      group: act,
      label: t("newBot"),
      run: () => void navigate({ to: "/bots", search: { new: true } }),
    },
    { id: "theme", group: act, label: t("theme"), run: switchTheme },
    ...languages
      .filter((each) => each !== language)
      .map((each) => ({
        id: `language-${each}`,
        group: act,
        label: t("language", { name: languageNames[each] }),
        also: each,
        run: () => setLanguage(each),
      })),
    { id: "signOut", group: act, label: t("signOut"), run: () => void signOut() },
  ];
  const found: Command[] = [
    ...(bots.data?.items ?? []).map((bot) => ({
      id: bot.id,
      group: t("group.bots"),
      label: bot.name,
      run: () => void navigate({ to: "/bots/$botId", params: { botId: bot.id } }),
    })),
    ...(conversations.data?.items ?? []).map((conversation) => ({
      id: conversation.id,
      group: t("group.conversations"),
      label: [conversation.customer?.name ?? t("visitor"), conversation.lastMessageText]
        .filter(Boolean)
        .join(" · "),
      run: () =>
        void navigate({
          to: "/inbox/$conversationId",
          params: { conversationId: conversation.id },
          search: { view: "all" },
        }),
    })),
  ];
  return [...matching(fixed, query), ...found];
}

function switchTheme(): void {
  const dark = getComputedStyle(document.documentElement).colorScheme;
  const isDark =
    dark === "dark" || (dark !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  applyTheme(isDark ? "light" : "dark");
}
