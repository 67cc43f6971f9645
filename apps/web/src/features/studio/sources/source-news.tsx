import { useEffect, useRef, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { BotSource } from "../../../lib/models.ts";
import { failureWord, shortUrl } from "./source-words.ts";
import { sourcesStrings } from "./strings.ts";
import { isReading } from "./use-sources.ts";

/** Reads out how each crawl ended; its steps would only be noise. */
export function SourceNews({ sources }: { sources: readonly BotSource[] }) {
  const t = useT(sourcesStrings);
  const [news, setNews] = useState("");
  const reading = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const before = reading.current;
    reading.current = new Set(sources.filter(isReading).map(({ id }) => id));
    const ended = sources.filter((source) => before.has(source.id) && !isReading(source));
    if (ended.length === 0) return;
    setNews(
      ended
        .map((source) => {
          const url = shortUrl(source.url);
          if (source.status === "FAILED") return t("news.failed", { url, reason: failureWord(source, t) });
          return t("news.ready", { url, documents: t("row.documents", { count: source.pages.documents }) });
        })
        .join(" "),
    );
  }, [sources, t]);
  return (
    <p className="sr-only" aria-live="polite">
      {news}
    </p>
  );
}
