import { skipToken, useQuery } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { languages } from "../../../lib/preferences.ts";
import { trpc } from "../../../lib/trpc.ts";
import { useTemplate } from "../../templates/use-templates.ts";
import { samples } from "../documents/sample-text.ts";
import { documentsTabStrings } from "../documents/strings.ts";
import { isProcessing } from "../documents/use-document-changes.ts";
import { headingsIn, questionIn } from "./headings.ts";
import { playgroundStrings } from "./strings.ts";

/** A document's passages are only fetched for their headings when there are not too many of them. */
const mostChunks = 200;

/** As many questions as fit without scrolling. */
const shown = 3;

/**
 * Three questions to begin with, or why there are none yet: those of the bot's template; else questions that its
 * documents answer.
 */
export function useSuggestions({ id: botId, templateId }: Bot): {
  questions: string[];
  lack: "none" | "waiting" | null;
  /** Which documents its template wants first, for a bot that has none. */
  sources: string[];
} {
  const t = useT(playgroundStrings);
  const documents = useQuery(trpc.botDocument.listByBotId.queryOptions({ botId })).data;
  const ready = documents?.filter(({ status }) => status === "PROCESSED") ?? [];
  const newest = ready[0];
  const readable = ready.filter(({ chunkCount }) => chunkCount <= mostChunks);
  const richest = readable.sort((a, b) => b.chunkCount - a.chunkCount)[0];
  const template = useTemplate(templateId).data;
  const sample = languages.find((each) =>
    ready.some(({ fileName }) => fileName === documentsTabStrings.tables[each]["sample.name"]),
  );
  const wanted = sample === undefined && !templateId && richest !== undefined ? richest.id : null;
  const chunks = useQuery(
    trpc.knowledge.chunks.queryOptions(
      wanted === null ? skipToken : { documentId: wanted, pageSize: mostChunks },
      { staleTime: 60_000 },
    ),
  ).data?.items;

  const ask = (questions: readonly string[]) => ({
    questions: questions.slice(0, shown),
    lack: null,
    sources: [],
  });
  if (documents === undefined) return ask([]);
  if (newest === undefined) {
    return documents.some(isProcessing)
      ? { questions: [], lack: "waiting", sources: [] }
      : { questions: [], lack: "none", sources: template?.suggestedSources ?? [] };
  }
  // The sample text is about a shop of its own: alone, it answers no template's questions.
  if (sample !== undefined && (!templateId || ready.length === 1)) return ask(samples[sample].questions);
  if (templateId && template !== null) return ask(template?.sampleQueries ?? []);
  const specific = headingsIn(chunks ?? []).map(
    (heading) => questionIn(heading) ?? t("suggest.heading", { heading }),
  );
  const general = [
    t("suggest.about", { name: nameWithoutExtension((richest ?? newest).fileName) }),
    t("suggest.rules"),
    t("suggest.numbers"),
  ];
  return ask([...specific, ...general]);
}

function nameWithoutExtension(fileName: string): string {
  return fileName.replace(/\.[a-z]{2,8}$/i, "");
}
