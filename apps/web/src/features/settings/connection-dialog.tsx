import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { ApiKey, Provider } from "../../lib/models.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button, Dialog, explainError, Select, TextField, toast, uiStrings } from "../../ui/index.ts";
import { settingsStrings } from "./strings.ts";

const formId = "connection";

/** The providers that the server can connect now. */
const providers = ["openai", "ollama"] as const satisfies readonly Provider[];

const addresses: Record<(typeof providers)[number], string> = {
  openai: "https://api.openai.com/v1",
  ollama: "http://127.0.0.1:11434/v1",
};

/** Makes or changes a connection. The server tests it with a real call before it saves. */
export function ConnectionDialog({ current, onClose }: { current: ApiKey | null; onClose: () => void }) {
  const t = useT(settingsStrings);
  const ui = useT(uiStrings);
  const [provider, setProvider] = useState(providers.find((each) => each === current?.provider) ?? "openai");
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

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (save.isPending) return;
    const values = new FormData(event.currentTarget);
    const read = (name: string) => String(values.get(name) ?? "").trim();
    const baseUrl = read("baseUrl");
    const apiKey = read("apiKey");
    const model = read("model");
    const found: typeof faults = {};
    if (baseUrl !== "" && !isWebAddress(baseUrl)) found.baseUrl = t("form.baseUrl.bad");
    if (apiKey === "" && provider !== "ollama") found.apiKey = t("form.key.missing");
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    save.mutate({
      provider,
      // Ollama asks for no key, but the procedure wants one.
      apiKey: apiKey === "" ? "ollama" : apiKey,
      ...(baseUrl === "" ? {} : { baseUrl }),
      ...(model === "" ? {} : { model }),
    });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("form.title")}
      description={t("form.text")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" pending={save.isPending}>
            {save.isPending ? t("form.testing") : t("form.save")}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate autoComplete="off" onSubmit={submit} className="flex flex-col gap-4">
        {save.isError ? (
          <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
            {t("form.failed", { reason: explainError(save.error, ui) })}
          </p>
        ) : null}
        <Select
          label={t("form.provider")}
          value={provider}
          options={providers.map((value) => ({ value, label: t(`provider.${value}`) }))}
          onChange={setProvider}
          disabled={current !== null}
        />
        <TextField
          label={t("form.baseUrl")}
          name="baseUrl"
          type="url"
          dir="ltr"
          defaultValue={current?.baseUrl ?? ""}
          placeholder={addresses[provider]}
          hint={t("form.baseUrl.hint")}
          error={faults.baseUrl}
        />
        <TextField
          label={t("form.model")}
          name="model"
          dir="ltr"
          defaultValue={current?.model ?? ""}
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
      </form>
    </Dialog>
  );
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:");
}
