import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { ApiKey, Provider } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { explainError, FormDialog, Select, TextField, toast, uiStrings } from "../../../ui/index.ts";
import { settingsStrings } from "../strings.ts";

/** Who offers models for what. */
const providersFor = {
  answering: ["openai", "anthropic", "grok", "ollama"],
  embedding: ["openai", "ollama"],
} as const satisfies Record<ApiKey["purpose"], readonly Provider[]>;

/** Where each is reached when no address is given, and the model that is meant when none is named. */
const usual: Record<Provider, { baseUrl: string } & Record<ApiKey["purpose"], string>> = {
  openai: {
    baseUrl: "https://api.openai.com/v1",
    answering: "gpt-4o-mini",
    embedding: "text-embedding-3-small",
  },
  anthropic: { baseUrl: "https://api.anthropic.com/v1", answering: "claude-sonnet-5-5", embedding: "" },
  grok: { baseUrl: "https://api.x.ai/v1", answering: "grok-4.3", embedding: "" },
  ollama: { baseUrl: "http://localhost:11434", answering: "llama3.2", embedding: "nomic-embed-text" },
};

/** Makes or changes a connection. The server tests it with a real call before it saves. */
export function ConnectionDialog({
  purpose,
  current,
  taken,
  onClose,
}: {
  purpose: ApiKey["purpose"];
  current: ApiKey | null;
  /** Providers that are connected already: connecting one of them again would replace it. */
  taken: readonly Provider[];
  onClose: () => void;
}) {
  const t = useT(settingsStrings);
  const ui = useT(uiStrings);
  const offered: readonly Provider[] = providersFor[purpose];
  const [provider, setProvider] = useState<Provider>(
    current?.provider ?? offered.find((each) => !taken.includes(each)) ?? "openai",
  );
  const [faults, setFaults] = useState<{ baseUrl?: string; apiKey?: string }>({});
  const save = useMutation(
    trpc.user.setLlmApiKey.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.user.listLlmApiKeys.queryFilter());
        toast.done(t("models.saved", { name: t(`provider.${provider}`) }));
        onClose();
      },
    }),
  );

  function submit(values: FormData) {
    const read = (name: string) => String(values.get(name) ?? "").trim();
    const baseUrl = read("baseUrl");
    const apiKey = read("apiKey");
    const model = read("model");
    const found: typeof faults = {};
    if (baseUrl !== "" && !isWebAddress(baseUrl)) found.baseUrl = t("form.baseUrl.bad");
    if (apiKey === "" && isKeyNeeded(provider, baseUrl)) found.apiKey = t("form.key.missing");
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    save.mutate({
      provider,
      purpose,
      apiKey,
      ...(baseUrl === "" ? {} : { baseUrl }),
      ...(model === "" ? {} : { model }),
    });
  }

  return (
    <FormDialog
      onClose={onClose}
      title={t(`models.${purpose}.add`)}
      description={t("form.text")}
      submitLabel={save.isPending ? t("form.testing") : t("form.save")}
      pending={save.isPending}
      failure={save.isError ? t("form.failed", { reason: explainError(save.error, ui) }) : null}
      onSubmit={submit}
    >
      <Select
        label={t("form.provider")}
        value={provider}
        options={offered.map((value) => ({ value, label: t(`provider.${value}`) }))}
        onChange={setProvider}
        disabled={current !== null}
        hint={current === null && taken.includes(provider) ? t("form.replaces") : undefined}
      />
      <TextField
        label={t("form.baseUrl")}
        name="baseUrl"
        type="url"
        dir="ltr"
        defaultValue={current?.baseUrl ?? ""}
        placeholder={usual[provider].baseUrl}
        hint={t(provider === "openai" ? "form.baseUrl.hint.openai" : "form.baseUrl.hint")}
        error={faults.baseUrl}
      />
      <TextField
        label={t("form.model")}
        name="model"
        dir="ltr"
        defaultValue={current?.model ?? ""}
        placeholder={usual[provider][purpose]}
        hint={t("form.model.hint")}
      />
      <TextField
        label={t("form.key")}
        name="apiKey"
        type="password"
        dir="ltr"
        autoComplete="off"
        hint={
          provider === "ollama"
            ? t("form.key.optional")
            : t(current ? "form.key.hintChange" : "form.key.hint")
        }
        error={faults.apiKey}
      />
    </FormDialog>
  );
}

/** A server of one's own may ask for none. */
function isKeyNeeded(provider: Provider, baseUrl: string): boolean {
  return provider !== "ollama" && (provider !== "openai" || baseUrl === "");
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:");
}
