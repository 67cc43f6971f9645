import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { WidgetConfig } from "../../../lib/models.ts";
import { isLanguage, languageNames, languages } from "../../../lib/preferences.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, explainError, Select, TextArea, TextField, uiStrings } from "../../../ui/index.ts";
import { studioStrings } from "../strings.ts";
import { useUnsavedGuard } from "../use-unsaved-guard.tsx";
import { ColorField } from "./color-field.tsx";
import { widgetStrings } from "./strings.ts";
import { contrastWithWhite, parseDomains } from "./widget-draft.ts";

function draftOf({ headerText, primaryColor, initialGreeting, locale, allowedDomains }: WidgetConfig) {
  return { headerText, primaryColor, initialGreeting, locale, domains: allowedDomains.join("\n") };
}

type Draft = ReturnType<typeof draftOf>;

export function WidgetForm({ widget }: { widget: WidgetConfig }) {
  const t = useT(widgetStrings);
  const common = useT(studioStrings);
  const kit = useT(uiStrings);
  const saved = draftOf(widget);
  const [draft, setDraft] = useState(saved);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const queryKey = trpc.widgetConfig.getByBotId.queryKey({ botId: widget.botId });
  const update = useMutation(
    trpc.widgetConfig.update.mutationOptions({
      onSuccess: (next) => {
        queryClient.setQueryData(queryKey, next);
        setDraft(draftOf(next));
      },
    }),
  );

  const { domains, invalid } = parseDomains(draft.domains);
  const headerMissing = draft.headerText.trim() === "";
  const wrong = headerMissing || invalid !== null || contrastWithWhite(draft.primaryColor) === null;
  const dirty = JSON.stringify(draft) !== JSON.stringify(saved);
  const { dialog } = useUnsavedGuard(dirty);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (wrong) return;
    const { domains: _typed, ...rest } = draft;
    update.mutate({ botId: widget.botId, ...rest, allowedDomains: domains });
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <TextField
        label={t("header")}
        value={draft.headerText}
        maxLength={100}
        error={headerMissing ? t("header.missing") : null}
        onChange={({ target }) => change({ headerText: target.value })}
      />
      <ColorField value={draft.primaryColor} onChange={(primaryColor) => change({ primaryColor })} />
      <TextArea
        label={t("greeting")}
        hint={t("greeting.hint")}
        rows={2}
        maxLength={500}
        value={draft.initialGreeting}
        onChange={({ target }) => change({ initialGreeting: target.value })}
      />
      <Select
        label={t("language")}
        value={draft.locale ?? "auto"}
        options={[
          { value: "auto", label: t("language.auto") },
          ...languages.map((language) => ({ value: language, label: languageNames[language] })),
        ]}
        onChange={(value) => change({ locale: isLanguage(value) ? value : null })}
      />
      <TextArea
        label={t("domains")}
        hint={t("domains.hint")}
        dir="ltr"
        rows={3}
        spellCheck={false}
        value={draft.domains}
        error={invalid === null ? null : t("domains.invalid", { line: invalid })}
        onChange={({ target }) => change({ domains: target.value })}
      />
      {update.isError ? (
        <p role="alert" className="text-13 text-bad">
          {t("save.failed")}. {explainError(update.error, kit)}
        </p>
      ) : null}
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" disabled={!dirty || wrong} pending={update.isPending}>
          {common("save")}
        </Button>
        <span aria-live="polite" className="text-13 text-ink-2">
          {update.isSuccess && !dirty ? common("saved") : null}
        </span>
      </div>
      {dialog}
    </form>
  );
}
