import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { MessagesSquare, WifiOff } from "lucide-react";
import { lazy, Suspense, startTransition, useEffect, useRef, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { cx, EmptyState } from "../../ui/index.ts";
import type { ComposerMode } from "./composer.tsx";
import { ListColumn } from "./list-column.tsx";
import { inboxStrings } from "./strings.ts";
import { type Asked, Thread } from "./thread.tsx";
import { useConversationActs } from "./use-conversation-acts.ts";
import { useConversations } from "./use-conversations.ts";
import { useInboxKeys } from "./use-inbox-keys.ts";
import { useLiveInbox } from "./use-live-inbox.ts";
import { viewOf } from "./views.ts";
import { whoOf } from "./who.ts";

const ShortcutsDialog = lazy(() => import("./shortcuts-dialog.tsx"));

/** List, thread and context side by side; on a phone the list or the thread. The URL says which. */
export function InboxPage() {
  const t = useT(inboxStrings);
  const { view: viewName, search, filter, saved } = useSearch({ from: "/signed-in/inbox" });
  const { conversationId } = useParams({ strict: false });
  const navigate = useNavigate();
  const view = viewOf(viewName);
  const { fresh, reconnecting } = useLiveInbox(conversationId);
  const conversations = useConversations(view, search, filter, fresh);
  const acts = useConversationActs(conversationId ?? "");
  const composerBox = useRef<HTMLTextAreaElement>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const [showShortcuts, setShowShortcuts] = useState(false);
  const [showFilters, setShowFilters] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const [asked, setAsked] = useState<Asked>(null);
  const takeNext = useRef<(() => void) | null>(null);
  const [mode, setMode] = useState<ComposerMode>("reply");
  const write = (next: ComposerMode) => {
    setMode(next);
    composerBox.current?.focus();
  };

  function move(step: 1 | -1) {
    const { items } = conversations;
    const at = items.findIndex((item) => item.id === conversationId);
    const next = items[at === -1 ? 0 : at + step];
    if (next === undefined) return;
    void navigate({
      to: "/inbox/$conversationId",
      params: { conversationId: next.id },
      search: (now) => now,
      replace: conversationId !== undefined,
    });
    document.getElementById(`conversation-${next.id}`)?.scrollIntoView({ block: "nearest" });
  }

  function actIfAllowed(name: keyof typeof acts) {
    const open = queryClient.getQueryData(trpc.conversations.get.queryKey({ id: conversationId ?? "" }));
    if (open?.allowed[name] && !acts[name].isPending) acts[name].run();
  }

  /** Begins to choose several, or chooses the open one. */
  function choose(id: string | undefined) {
    const next = new Set(chosen);
    if (id !== undefined && !next.delete(id)) next.add(id);
    startTransition(() => setChosen(next));
  }

  useInboxKeys({
    j: () => move(1),
    k: () => move(-1),
    r: () => write("reply"),
    n: () => write("note"),
    a: () => actIfAllowed("takeOver"),
    e: () => actIfAllowed("resolve"),
    h: () => actIfAllowed("handBack"),
    g: () => takeNext.current?.(),
    t: () => startTransition(() => setAsked(conversationId === undefined ? null : "transfer")),
    s: () => startTransition(() => setAsked(conversationId === undefined ? null : "snooze")),
    f: () => startTransition(() => setShowFilters(!showFilters)),
    x: () => choose(conversationId),
    escape: () => setChosen(null),
    "/": () => searchBox.current?.focus(),
    "?": () => startTransition(() => setShowShortcuts(true)),
  });

  return (
    <div className="flex min-h-0 grow flex-col">
      {/* On a phone the thread hides the list and its heading. */}
      {conversationId === undefined ? null : <h1 className="sr-only md:hidden">{t("title")}</h1>}
      {reconnecting ? (
        <p
          role="status"
          className="appear-late flex shrink-0 items-center justify-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-13 text-warn"
        >
          <WifiOff className="size-4" aria-hidden />
          {t("reconnecting")}
        </p>
      ) : null}
      <div className="flex min-h-0 grow">
        <div
          className={cx(
            "flex w-full shrink-0 flex-col border-line md:w-[320px] md:border-e",
            conversationId !== undefined && "max-md:hidden",
          )}
        >
          <ListColumn
            view={view}
            search={search}
            filter={filter}
            saved={saved}
            conversations={conversations}
            openId={conversationId}
            fresh={fresh}
            searchBox={searchBox}
            onShowShortcuts={() => startTransition(() => setShowShortcuts(true))}
            showFilters={showFilters}
            onShowFilters={setShowFilters}
            chosen={chosen}
            onChosen={setChosen}
            takeNext={takeNext}
          />
        </div>
        {conversationId === undefined ? (
          <div className="hidden grow place-items-center md:grid">
            <EmptyState icon={<MessagesSquare aria-hidden />} title={t("none.title")}>
              {t("none.text")}
            </EmptyState>
          </div>
        ) : (
          <Thread
            key={conversationId}
            id={conversationId}
            acts={acts}
            composerBox={composerBox}
            mode={mode}
            onMode={setMode}
            asked={asked}
            onAsk={setAsked}
          />
        )}
      </div>
      <Arrivals fresh={fresh} items={conversations.items} />
      <Suspense>
        {showShortcuts ? <ShortcutsDialog onClose={() => setShowShortcuts(false)} /> : null}
      </Suspense>
    </div>
  );
}

/** Tells a screen reader who has just begun to wait. */
function Arrivals({
  fresh,
  items,
}: {
  fresh: ReadonlySet<string>;
  items: ReturnType<typeof useConversations>["items"];
}) {
  const t = useT(inboxStrings);
  const [news, setNews] = useState("");
  const newest = [...fresh].at(-1);
  const item = items.find((each) => each.id === newest);
  const name = item ? whoOf(item, t) : null;
  useEffect(() => {
    if (name !== null) setNews(t("arrived", { name }));
  }, [name, t]);
  return (
    <p aria-live="polite" className="sr-only">
      {news}
    </p>
  );
}
