import { Link } from "@tanstack/react-router";
import { useFormat } from "../../lib/format.ts";
import { useLanguage, useT } from "../../lib/i18n.ts";
import type { Figures } from "./range.ts";
import { ShareList } from "./share-list.tsx";
import { analyticsStrings } from "./strings.ts";

const modes = ["model", "extractive", "abstained", "withheld"] as const;

/** The questions of the period by how, by what, in which language and where they were answered. */
export function Breakdowns({ figures }: { figures: Omit<Figures, "botId"> }) {
  const t = useT(analyticsStrings);
  const format = useFormat();
  const reader = useLanguage();
  const { totals, models, languages, channels, confidence, citedDocuments } = figures;
  const languageName = (code: string | null) => {
    if (code === null) return t("language.unknown");
    if (code === "other") return t("language.other");
    return new Intl.DisplayNames(reader, { type: "language" }).of(code) ?? code;
  };
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,19rem),1fr))] gap-4">
      <ShareList
        title={t("modes.title")}
        {...(totals.fallbacks > 0 ? { note: t("modes.fallbacks", { count: totals.fallbacks }) } : {})}
        rows={modes.map((mode) => ({ key: mode, label: t(`mode.${mode}`), count: totals.byMode[mode] }))}
      />
      <ShareList
        title={t("models.title")}
        rows={models.map(({ model, queries, avgResponseTimeMs, inputTokens, outputTokens, cost }) => ({
          key: model,
          label: <bdi>{model.startsWith("builtin:") ? t("models.builtin") : model}</bdi>,
          count: queries,
          more: t("models.more", {
            time: format.duration(avgResponseTimeMs ?? 0),
            tokens: inputTokens + outputTokens,
            cost: format.dollars(cost),
          }),
        }))}
      />
      <ShareList
        title={t("confidence.title")}
        note={t("confidence.note")}
        rows={confidence.map((count, tenth) => ({
          key: String(tenth),
          label: `${format.percent(tenth / 10)} – ${format.percent((tenth + 1) / 10)}`,
          count,
        }))}
      />
      {citedDocuments.length > 0 ? (
        <ShareList
          title={t("cited.title")}
          note={t("cited.note")}
          rows={citedDocuments.slice(0, 10).map(({ documentId, name, answers }) => ({
            key: documentId,
            label: (
              <Link
                to="/documents/$documentId"
                params={{ documentId }}
                className="text-accent hover:underline"
              >
                <bdi>{name}</bdi>
              </Link>
            ),
            count: answers,
          }))}
        />
      ) : null}
      <ShareList
        title={t("languages.title")}
        rows={languages.map(({ language, queries }) => ({
          key: language ?? "",
          label: languageName(language),
          count: queries,
        }))}
      />
      <ShareList
        title={t("channels.title")}
        rows={channels.map(({ channel, queries }) => ({
          key: channel,
          label: t(`channel.${channel}`),
          count: queries,
        }))}
      />
    </div>
  );
}
