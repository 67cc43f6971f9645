import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { OwnTenant } from "../../../lib/models.ts";
import { languageNames, languages } from "../../../lib/preferences.ts";
import { errorCodeOf, queryClient, trpc } from "../../../lib/trpc.ts";
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
} from "../../../ui/index.ts";
import { refusedFields } from "./refused-fields.ts";
import { workspaceStrings } from "./strings.ts";

/** Name, addresses, language and domains of the workspace. */
export function TenantPanel() {
  const tenant = useQuery(trpc.tenant.get.queryOptions());
  if (tenant.isError) return <ErrorState error={tenant.error} onRetry={() => void tenant.refetch()} />;
  if (!tenant.data) return <Skeleton className="h-96" />;
  return <TenantForm tenant={tenant.data} />;
}

/** Stands for what is left to the reader's browser. */
const none = "browser";
type LanguageChoice = (typeof languages)[number] | typeof none;

function TenantForm({ tenant }: { tenant: OwnTenant }) {
  const t = useT(workspaceStrings);
  const ui = useT(uiStrings);
  const [language, setLanguage] = useState<LanguageChoice>(tenant.language ?? none);
  const [timeZone, setTimeZone] = useState(tenant.timeZone ?? none);
  const [missing, setMissing] = useState(false);
  const save = useMutation(
    trpc.tenant.update.mutationOptions({
      async onSuccess() {
        toast.done(t("form.saved"));
        await queryClient.invalidateQueries(trpc.tenant.pathFilter());
        await queryClient.invalidateQueries(trpc.auth.getSession.queryFilter());
      },
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const text = (name: string) => String(values.get(name)).trim();
    setMissing(text("name") === "");
    if (text("name") === "" || save.isPending) return;
    save.mutate({
      name: text("name"),
      subdomain: text("subdomain") || null,
      language: language === none ? null : language,
      timeZone: timeZone === none ? null : timeZone,
      allowedDomains: text("domains")
        .split(/[\s,]+/)
        .filter(Boolean),
    });
  }

  const refused = refusedFields(save.error);
  const whole =
    save.isError && Object.keys(refused).length === 0
      ? t("form.failed", { reason: explainError(save.error, ui) })
      : null;
  const asBrowser = { value: none, label: t("form.asBrowser") } as const;
  return (
    <Panel title={t("form.title")} description={<p className="max-w-prose">{t("form.text")}</p>}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t("form.name")}
            name="name"
            maxLength={100}
            defaultValue={tenant.name}
            error={missing ? t("form.name.missing") : (refused.name ?? null)}
          />
          <TextField
            label={t("form.subdomain")}
            name="subdomain"
            dir="ltr"
            maxLength={63}
            defaultValue={tenant.subdomain ?? ""}
            hint={t("form.subdomain.hint")}
            error={errorCodeOf(save.error) === "CONFLICT" ? whole : (refused.subdomain ?? null)}
          />
          <Select<LanguageChoice>
            label={t("form.language")}
            value={language}
            options={[asBrowser, ...languages.map((value) => ({ value, label: languageNames[value] }))]}
            onChange={setLanguage}
          />
          <Select
            label={t("form.timeZone")}
            value={timeZone}
            options={[asBrowser, ...zones(tenant.timeZone).map((value) => ({ value, label: value }))]}
            onChange={setTimeZone}
          />
        </div>
        <TextArea
          label={t("form.domains")}
          name="domains"
          dir="ltr"
          rows={3}
          defaultValue={tenant.allowedDomains.join("\n")}
          hint={t("form.domains.hint")}
          error={errorCodeOf(save.error) === "CONFLICT" ? null : (refused.allowedDomains ?? whole)}
        />
        <Button type="submit" variant="primary" pending={save.isPending} className="self-end">
          {t("form.save")}
        </Button>
      </form>
    </Panel>
  );
}

/** Every zone that the browser knows, and the one that is set, should it not. */
function zones(current: string | null): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return current === null || known.includes(current) ? known : [current, ...known];
}
