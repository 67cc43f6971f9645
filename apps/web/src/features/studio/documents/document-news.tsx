import { useEffect, useRef, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { BotDocument } from "../../../lib/models.ts";
import { stageWord } from "./stage-words.ts";
import { documentsTabStrings } from "./strings.ts";

/** Reads out each new stage and each outcome; percentages would only be noise. */
export function DocumentNews({ documents }: { documents: readonly BotDocument[] }) {
  const t = useT(documentsTabStrings);
  const [news, setNews] = useState("");
  const heard = useRef<Map<string, string> | null>(null);

  useEffect(() => {
    const now = new Map(documents.map((document) => [document.id, stageWord(document, t)]));
    const before = heard.current;
    heard.current = now;
    if (before === null) return;
    const changed = documents.filter(({ id }) => before.get(id) !== now.get(id));
    if (changed.length === 0) return;
    setNews(
      changed
        .map((document) => {
          const { fileName: name, status } = document;
          if (status === "PROCESSED") {
            return t("news.ready", { name, passages: t("row.passages", { count: document.chunkCount }) });
          }
          if (status === "FAILED") {
            return t("news.failed", { name, reason: document.errorMessage ?? t("row.failed.unknown") });
          }
          return t("news.stage", { name, stage: now.get(document.id) ?? "" });
        })
        .join(". "),
    );
  }, [documents, t]);

  return (
    <p className="sr-only" aria-live="polite">
      {news}
    </p>
  );
}
