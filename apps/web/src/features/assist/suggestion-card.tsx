import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Sparkles } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, explainError, Kbd, Skeleton, uiStrings } from "../../ui/index.ts";
import { assistStrings } from "./strings.ts";

interface SuggestionCardProps {
  conversationId: string;
  /** The customer's last message: another one makes the suggestion old. */
  lastMessageId: string | null;
  /** Gets the words without their source marks. */
  onUse: (text: string) => void;
}

/**
 * What could be replied, as a grey draft with its numbered sources. Alt+Enter asks for it, and takes it once it is there,
 * also while one types.
 */
export function SuggestionCard({ conversationId, lastMessageId, onUse }: SuggestionCardProps) {
  const t = useT(assistStrings);
  const kit = useT(uiStrings);
  const about = `${conversationId} ${lastMessageId ?? ""}`;
  const [askedAbout, setAskedAbout] = useState<string | null>(null);
  const isAsked = askedAbout === about;
  const suggestion = useQuery(
    trpc.assist.suggest.queryOptions(
      { conversationId },
      { enabled: isAsked, gcTime: 0, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const text = isAsked && !suggestion.isFetching ? (suggestion.data?.text ?? null) : null;
  const act = () => {
    if (text !== null) onUse(text.replace(/ ?\[\d{1,2}\]/g, ""));
    else if (!isAsked) setAskedAbout(about);
    else if (!suggestion.isFetching) void suggestion.refetch();
  };
  useKey(act);

  if (!isAsked) {
    return (
      <Button
        variant="ghost"
        size="sm"
        onClick={act}
        icon={<Sparkles className="size-4" aria-hidden />}
        aria-keyshortcuts="Alt+Enter"
      >
        {t("suggest.ask")} <Kbd>Alt ↵</Kbd>
      </Button>
    );
  }
  return (
    <section
      aria-label={t("suggest.title")}
      aria-busy={suggestion.isFetching}
      className="flex flex-col gap-2 rounded-panel border border-dashed border-line-strong bg-surface-2 p-3"
    >
      {suggestion.isFetching ? (
        <Skeleton className="h-12" />
      ) : suggestion.isError ? (
        <p role="alert" className="text-13 text-bad">
          {t("suggest.failed")}. {explainError(suggestion.error, kit)}
        </p>
      ) : suggestion.data === undefined || text === null ? (
        <p role="status" className="text-13 text-ink-2">
          {t("suggest.none")}
        </p>
      ) : (
        <>
          <p
            dir="auto"
            className="max-h-40 overflow-auto text-start text-14 [overflow-wrap:anywhere] whitespace-pre-line text-ink-2"
          >
            {text}
          </p>
          <ol aria-label={t("suggest.sources")} className="flex flex-wrap gap-x-3 gap-y-1 text-12">
            {suggestion.data.sources.map((source) => (
              <li key={source.number}>
                <Link
                  to="/documents/$documentId"
                  params={{ documentId: source.documentId }}
                  search={{ version: source.version, start: source.startOffset, end: source.endOffset }}
                  title={source.quote}
                  className="text-accent hover:underline"
                >
                  [{source.number}] <bdi>{source.title}</bdi>
                </Link>
              </li>
            ))}
          </ol>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p className="text-12 text-ink-3">
              {suggestion.data.method === "model"
                ? t("suggest.model", { model: suggestion.data.model ?? "" })
                : t("suggest.builtin")}
              {suggestion.data.fallbackReason
                ? ` · ${t("suggest.fallback", { reason: suggestion.data.fallbackReason })}`
                : null}
            </p>
            <Button size="sm" onClick={act} aria-keyshortcuts="Alt+Enter">
              {t("suggest.use")} <Kbd>Alt ↵</Kbd>
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

/** Alt+Enter, but where something modal is open. */
function useKey(act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !event.altKey || event.ctrlKey || event.metaKey || event.isComposing)
        return;
      if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener("keydown", onKey, { capture: true }); // before the composer, which sends by Enter
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}
