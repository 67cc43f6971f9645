import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
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
import { QuestionEditor } from "./question-editor.tsx";
import { surveySettingsStrings } from "./strings.ts";
import { draftOf, newDraft, questionsOf } from "./survey-form.ts";
import type { Survey } from "./surveys-tab.tsx";

const any = "any";
const kinds = ["csat", "nps", "custom"] as const;
const delays = ["0", "60", "1440"] as const;

/** A new survey, from a template or with questions of one's own, or another text of one. */
export default function SurveyDialog({ survey, onClose }: { survey: Survey | null; onClose: () => void }) {
  const t = useT(surveySettingsStrings);
  const ui = useT(uiStrings);
  const bots = useQuery(trpc.bot.list.queryOptions({ pageSize: 100, sort: "name" }));
  const trigger = survey?.trigger;
  const [kind, setKind] = useState(survey?.kind ?? "csat");
  const [drafts, setDrafts] = useState(() => survey?.questions.map(draftOf) ?? [newDraft([])]);
  const [botId, setBotId] = useState<string>(trigger?.botIds[0] ?? any);
  const [channel, setChannel] = useState<string>(trigger?.channels[0] ?? any);
  const [delay, setDelay] = useState(`${trigger?.delayMinutes ?? 0}`);
  const [wrong, setWrong] = useState({ name: false, questions: false });
  const saved = {
    async onSuccess({ name }: { name: string }) {
      toast.done(t("saved", { name }));
      onClose();
      await queryClient.invalidateQueries(trpc.surveys.pathFilter());
    },
  };
  const create = useMutation(trpc.surveys.create.mutationOptions(saved));
  const update = useMutation(trpc.surveys.update.mutationOptions(saved));
  const save = survey ? update : create;
  const isTemplate = !survey && kind !== "custom";

  function submit(values: FormData) {
    const name = String(values.get("name") ?? "").trim();
    const questions = isTemplate ? undefined : questionsOf(drafts);
    setWrong({ name: name === "", questions: questions === null });
    if (name === "" || questions === null) return;
    const several = trigger && trigger.botIds.length > 1 && botId === trigger.botIds[0];
    const fields = {
      name,
      enabled: values.get("enabled") !== null,
      trigger: {
        botIds: several ? trigger.botIds : botId === any ? [] : [botId],
        channels: channels(channel),
        delayMinutes: Number(delay),
        byEmail: values.get("byEmail") !== null,
      },
      ...(questions ? { questions } : {}),
    };
    if (survey) update.mutate({ surveyId: survey.id, version: survey.version, ...fields });
    else create.mutate({ kind, ...fields });
  }

  /** What was chosen; several that a program set stay as they are. */
  function channels(chosen: string) {
    if (trigger && trigger.channels.length > 1 && chosen === trigger.channels[0]) return trigger.channels;
    if (chosen === "widget") return ["widget" as const];
    return chosen === "email" ? ["email" as const] : [];
  }

  return (
    <FormDialog
      onClose={onClose}
      title={t(survey ? "change" : "new")}
      submitLabel={t("save")}
      pending={save.isPending}
      failure={
        save.isError || wrong.questions
          ? wrong.questions
            ? t("wrong.question")
            : t("notSaved", { reason: explainError(save.error, ui) })
          : null
      }
      onSubmit={submit}
    >
      <TextField
        label={t("name")}
        hint={t("name.hint")}
        name="name"
        maxLength={100}
        defaultValue={survey?.name}
        error={wrong.name ? t("wrong.name") : null}
      />
      {survey ? null : (
        <Select
          label={t("kind")}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={setKind}
        />
      )}
      {isTemplate ? (
        <p className="text-13 text-ink-2">{t("template")}</p>
      ) : (
        <QuestionEditor drafts={drafts} onChange={setDrafts} />
      )}
      <Select
        label={t("bot")}
        value={botId}
        options={[
          { value: any, label: t("anyBot") },
          ...(bots.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={setBotId}
      />
      <Select
        label={t("channel")}
        value={channel}
        options={[
          { value: any, label: t("anyChannel") },
          { value: "widget", label: t("widgetOnly") },
          { value: "email", label: t("emailOnly") },
        ]}
        onChange={setChannel}
      />
      <Select
        label={t("delay")}
        value={delay}
        options={delays.map((value) => ({ value: `${value}`, label: t(`delay.${value}`) }))}
        onChange={setDelay}
      />
      <Checkbox name="byEmail" label={t("byEmail")} defaultChecked={trigger?.byEmail ?? true} />
      <Checkbox name="enabled" label={t("enabled")} defaultChecked={survey?.enabled ?? true} />
    </FormDialog>
  );
}
