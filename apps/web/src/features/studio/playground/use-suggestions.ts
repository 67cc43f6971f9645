import { skipToken, useQuery } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import { languages } from "../../../lib/preferences.ts";
import { trpc } from "../../../lib/trpc.ts";
import { samples } from "../documents/sample-text.ts";
import { documentsTabStrings } from "../documents/strings.ts";
import { isProcessing } from "../documents/use-document-changes.ts";
import { headingsIn } from "./headings.ts";
import { playgroundStrings } from "./strings.ts";

/** A document's passages are only fetched for their headings when there are not too many of them. */
const mostChunks = 300;

/** Three questions that the bot's documents answer, or why there are none yet. */
export function useSuggestions(botId: string): { questions: string[]; lack: "none" | "waiting" | null } {
  const t = useT(playgroundStrings);
  const documents = useQuery(trpc.botDocument.listByBotId.queryOptions({ botId })).data;
  const ready = documents?.filter(({ status }) => status === "PROCESSED") ?? [];
  const newest = ready[0];
  const readable = ready.filter(({ chunkCount }) => chunkCount <= mostChunks);
  const richest = readable.sort((a, b) => b.chunkCount - a.chunkCount)[0];
  const sample = languages.find((each) =>
    ready.some(({ fileName }) => fileName === documentsTabStrings.tables[each]["sample.name"]),
  );
  const wanted = sample === undefined && richest !== undefined ? richest.id : null;
  const chunks = useQuery(
    trpc.knowledge.chunks.queryOptions(wanted === null ? skipToken : { documentId: wanted }, {
      staleTime: 60_000,
    }),
  ).data;

  if (documents === undefined) return { questions: [], lack: null };
  if (newest === undefined) {
    return { questions: [], lack: documents.some(isProcessing) ? "waiting" : "none" };
  }
  if (sample !== undefined) return { questions: [...samples[sample].questions], lack: null };
  const specific = headingsIn(chunks ?? []).map((heading) => t("suggest.heading", { heading }));
  const general = [
    t("suggest.about", { name: nameWithoutExtension((richest ?? newest).fileName) }),
    t("suggest.rules"),
    t("suggest.numbers"),
  ];
  return { questions: [...specific, ...general].slice(0, 3), lack: null };
}

function nameWithoutExtension(fileName: string): string {
  return fileName.replace(/\.[a-z]{2,8}$/i, "");
}
