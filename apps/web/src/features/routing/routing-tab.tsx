import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import {
  Button,
  ErrorState,
  explainError,
  Panel,
  Select,
  Skeleton,
  TextArea,
  TextField,
  toast,
  uiStrings,
} from "../../ui/index.ts";
import { routingStrings } from "./strings.ts";
import { TeamPanel } from "./team-panel.tsx";

/** How a waiting conversation finds somebody, and who is there. */
export function RoutingTab() {
  const t = useT(routingStrings);
  const settings = useQuery(trpc.routing.getSettings.queryOptions());
  if (settings.isPending) return <Skeleton className="h-64" />;
  if (settings.isError) {
    return <ErrorState error={settings.error} title={t("failed")} onRetry={() => void settings.refetch()} />;
  }
  return (
    <>
      <SettingsPanel settings={settings.data} />
      <TeamPanel />
    </>
  );
}

interface Settings {
  defaultCapacity: number;
  awayAfterMinutes: number;
  autoAssign: boolean;
  promises: { en?: string | undefined; fr?: string | undefined; ar?: string | undefined };
}

function SettingsPanel({ settings }: { settings: Settings }) {
  const t = useT(routingStrings);
  const ui = useT(uiStrings);
  const mayManage = may(useSession(), "manage routing");
  const [form, setForm] = useState({
    autoAssign: settings.autoAssign ? "on" : "off",
    capacity: String(settings.defaultCapacity),
    away: String(settings.awayAfterMinutes),
    ...{ en: "", fr: "", ar: "" },
    ...settings.promises,
  });
  const update = useMutation(
    trpc.routing.updateSettings.mutationOptions({
      onSuccess: () => toast.done(t("saved")),
      onError: (error) => toast.failed(t("not.saved"), explainError(error, ui)),
      onSettled: () => queryClient.invalidateQueries(trpc.routing.getSettings.queryFilter()),
    }),
  );
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });

  function save(event: FormEvent) {
    event.preventDefault();
    const said = Object.entries({ en: form.en, fr: form.fr, ar: form.ar }).filter(([, text]) => text?.trim());
    update.mutate({
      autoAssign: form.autoAssign === "on",
      defaultCapacity: Number(form.capacity),
      awayAfterMinutes: Number(form.away),
      promises: Object.fromEntries(said),
    });
  }

  const disabled = !mayManage || update.isPending;
  return (
    <Panel title={t("title")} description={<p className="max-w-prose">{t("text")}</p>}>
      <form className="flex max-w-md flex-col gap-4" onSubmit={save}>
        <Select
          label={t("autoAssign")}
          {...(mayManage ? {} : { hint: t("onlyAdmins") })}
          disabled={disabled}
          value={form.autoAssign}
          options={[
            { value: "on", label: t("autoAssign.on") },
            { value: "off", label: t("autoAssign.off") },
          ]}
          onChange={(autoAssign) => set({ autoAssign })}
        />
        <TextField
          label={t("capacity")}
          hint={t("capacity.hint")}
          type="number"
          min={1}
          max={100}
          required
          disabled={disabled}
          value={form.capacity}
          onChange={(event) => set({ capacity: event.target.value })}
        />
        <TextField
          label={t("away")}
          hint={t("away.hint")}
          type="number"
          min={1}
          max={1440}
          required
          disabled={disabled}
          value={form.away}
          onChange={(event) => set({ away: event.target.value })}
        />
        {(["en", "fr", "ar"] as const).map((language) => (
          <TextArea
            key={language}
            label={t(language === "en" ? "promise" : `promise.${language}`)}
            {...(language === "en" ? { hint: t("promise.hint") } : {})}
            lang={language}
            dir={language === "ar" ? "rtl" : "ltr"}
            maxLength={500}
            rows={2}
            disabled={disabled}
            value={form[language] ?? ""}
            onChange={(event) => set({ [language]: event.target.value })}
          />
        ))}
        {mayManage ? (
          <Button type="submit" variant="primary" className="self-start" disabled={update.isPending}>
            {t("save")}
          </Button>
        ) : null}
      </form>
    </Panel>
  );
}
