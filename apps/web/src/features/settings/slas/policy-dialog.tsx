import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { BusinessCalendar, SlaPolicy } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Checkbox,
  explainError,
  FormDialog,
  Select,
  TextField,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { type Promised, promises, type Severity, severities, targetsOf, textsOf } from "./policy-form.ts";
import { slaSettingsStrings } from "./strings.ts";

const always = "always";

/** A new service level, or another one for a tier. */
export default function PolicyDialog({
  policy,
  calendars,
  onClose,
}: {
  policy: SlaPolicy | null;
  calendars: readonly BusinessCalendar[];
  onClose: () => void;
}) {
  const t = useT(slaSettingsStrings);
  const ui = useT(uiStrings);
  const [calendarId, setCalendarId] = useState<string>(policy?.calendarId ?? always);
  const [texts, setTexts] = useState(() => textsOf(policy));
  const [wrong, setWrong] = useState<{ name: boolean; targets: boolean }>({ name: false, targets: false });
  const saved = {
    async onSuccess({ name }: SlaPolicy) {
      toast.done(t("saved", { name }));
      onClose();
      await queryClient.invalidateQueries(trpc.slas.pathFilter());
      await queryClient.invalidateQueries(trpc.calendars.pathFilter());
    },
  };
  const create = useMutation(trpc.slas.create.mutationOptions(saved));
  const update = useMutation(trpc.slas.update.mutationOptions(saved));
  const save = policy ? update : create;

  function submit(values: FormData) {
    const name = String(values.get("name") ?? "").trim();
    const tier = String(values.get("tier") ?? "").trim() || "standard";
    const targets = targetsOf(texts);
    setWrong({ name: name === "", targets: targets === null });
    if (name === "" || targets === null) return;
    const fields = {
      name,
      tier,
      targets,
      calendarId: calendarId === always ? null : calendarId,
      pauseWithBot: values.get("bot") !== null,
      active: values.get("active") !== null,
    };
    if (policy) update.mutate({ policyId: policy.id, version: policy.version, ...fields });
    else create.mutate(fields);
  }

  return (
    <FormDialog
      onClose={onClose}
      title={t(policy ? "change" : "new")}
      submitLabel={t("save")}
      pending={save.isPending}
      failure={save.isError ? t("not.saved", { reason: explainError(save.error, ui) }) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("name")}
        name="name"
        maxLength={60}
        defaultValue={policy?.name}
        error={wrong.name ? t("name.missing") : null}
      />
      <TextField
        label={t("tier")}
        name="tier"
        maxLength={40}
        defaultValue={policy?.tier ?? "standard"}
        hint={t("tier.hint")}
      />
      <Select
        label={t("calendar")}
        value={calendarId}
        options={[
          { value: always, label: t("always") },
          ...calendars.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={setCalendarId}
      />
      <TargetTable
        texts={texts}
        isWrong={wrong.targets}
        onChange={(severity, promise, text) =>
          setTexts({ ...texts, [severity]: { ...texts[severity], [promise]: text } })
        }
      />
      <Checkbox name="bot" label={t("bot")} defaultChecked={policy?.pauseWithBot ?? false} />
      <Checkbox name="active" label={t("active")} defaultChecked={policy?.active ?? true} />
    </FormDialog>
  );
}

function TargetTable({
  texts,
  isWrong,
  onChange,
}: {
  texts: ReturnType<typeof textsOf>;
  isWrong: boolean;
  onChange: (severity: Severity, promise: Promised, text: string) => void;
}) {
  const t = useT(slaSettingsStrings);
  const words = { firstResponseMinutes: "answer", resolutionMinutes: "resolve" } as const;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t("targets")}</legend>
      {isWrong ? (
        <p role="alert" className="text-13 text-bad">
          {t("wrong.minutes")}
        </p>
      ) : null}
      <div className="grid grid-cols-[1fr_6rem_6rem] items-center gap-x-3 gap-y-2 text-13">
        <span />
        <span className="text-12 text-ink-3">{t("answer")}</span>
        <span className="text-12 text-ink-3">{t("resolve")}</span>
        {severities.map((severity) => (
          <div key={severity} className="contents">
            <span>{t(`severity.${severity}`)}</span>
            {promises.map((promise) => (
              <TextField
                key={promise}
                label={t(`${words[promise]}.of`, { severity })}
                labelHidden
                inputMode="numeric"
                maxLength={6}
                value={texts[severity][promise]}
                onChange={(event) => onChange(severity, promise, event.target.value)}
              />
            ))}
          </div>
        ))}
      </div>
    </fieldset>
  );
}
