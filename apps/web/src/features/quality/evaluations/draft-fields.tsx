import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import type { Inputs } from "../../../lib/trpc.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Select, TextArea } from "../../../ui/index.ts";
import { startStrings } from "./start.strings.ts";

export type DraftInput = Pick<
  Inputs["evaluations"]["runs"]["start"],
  "prompt" | "promptId" | "modelProvider" | "topK"
>;

const passages = ["own", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] as const;
const providers = ["own", "builtin", "openai", "anthropic", "grok", "ollama"] as const;

/** What may be tried in place of what the bot has; what is left alone stays as it is. */
export function useDraft(initial?: { promptId?: string | undefined; prompt?: string | undefined }) {
  const [prompt, setPrompt] = useState(
    initial?.prompt === undefined ? (initial?.promptId ?? "active") : "text",
  );
  const [text, setText] = useState(initial?.prompt ?? "");
  const [provider, setProvider] = useState<(typeof providers)[number]>("own");
  const [topK, setTopK] = useState<(typeof passages)[number]>("own");
  const draft: DraftInput = {
    ...(prompt === "text" ? { prompt: text } : prompt === "active" ? {} : { promptId: prompt }),
    ...(provider === "own" ? {} : { modelProvider: provider }),
    ...(topK === "own" ? {} : { topK: Number(topK) }),
  };
  return {
    draft,
    isReady: prompt !== "text" || text.trim() !== "",
    fields: { prompt, setPrompt, text, setText, provider, setProvider, topK, setTopK },
  };
}

export function DraftFields({
  botId,
  fields,
}: {
  botId: string;
  fields: ReturnType<typeof useDraft>["fields"];
}) {
  const t = useT(startStrings);
  const format = useFormat();
  const prompts = useQuery(trpc.botPrompt.listByBotId.queryOptions({ botId }));
  const keys = useQuery(trpc.user.listLlmApiKeys.queryOptions());
  const connected = new Set<string>(
    (keys.data ?? []).filter(({ isConfigured }) => isConfigured).map(({ provider }) => provider),
  );
  return (
    <>
      <Select
        label={t("draft.prompt")}
        value={fields.prompt}
        options={[
          { value: "active", label: t("draft.prompt.active") },
          ...(prompts.data ?? [])
            .filter(({ isActive }) => !isActive)
            .map(({ id, name }) => ({ value: id, label: name })),
          { value: "text", label: t("draft.prompt.text") },
        ]}
        onChange={fields.setPrompt}
      />
      {fields.prompt === "text" ? (
        <TextArea
          label={t("draft.text")}
          value={fields.text}
          maxLength={20_000}
          rows={6}
          onChange={({ target }) => fields.setText(target.value)}
        />
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t("draft.model")}
          value={fields.provider}
          options={providers
            .filter((name) => name === "own" || name === "builtin" || connected.has(name))
            .map((value) => ({
              value,
              label: value === "own" || value === "builtin" ? t(`draft.model.${value}`) : value,
            }))}
          onChange={fields.setProvider}
        />
        <Select
          label={t("draft.topK")}
          value={fields.topK}
          options={passages.map((value) => ({
            value,
            label: value === "own" ? t("draft.topK.own") : format.number(Number(value)),
          }))}
          onChange={fields.setTopK}
        />
      </div>
    </>
  );
}
