import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useLanguage, useT } from "../../../lib/i18n.ts";
import { Button, Checkbox, IconButton, Select, TextArea, TextField } from "../../../ui/index.ts";
import { surveySettingsStrings } from "./strings.ts";
import { type Draft, languages, newDraft } from "./survey-form.ts";

const most = 10;
const kinds = ["rating", "nps", "choice", "text"] as const;

/** The questions of a survey, in the words of one language at a time. */
export function QuestionEditor({
  drafts,
  onChange,
}: {
  drafts: readonly Draft[];
  onChange: (drafts: Draft[]) => void;
}) {
  const t = useT(surveySettingsStrings);
  const own = useLanguage();
  const [language, setLanguage] = useState(own);
  const change = (at: number, fields: Partial<Draft>) =>
    onChange(drafts.map((draft, place) => (place === at ? { ...draft, ...fields } : draft)));
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="pb-2 text-13 font-semibold">{t("questions")}</legend>
      <Select
        label={t("language")}
        hint={t("language.hint")}
        value={language}
        options={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={setLanguage}
      />
      <ol className="flex flex-col gap-3">
        {drafts.map((draft, at) => (
          <li key={draft.key} className="flex flex-col gap-3 rounded-control border border-line p-3">
            <TextField
              label={t("question", { number: at + 1 })}
              lang={language}
              maxLength={500}
              value={draft.text[language]}
              onChange={(event) => change(at, { text: { ...draft.text, [language]: event.target.value } })}
            />
            <Select
              label={t("answer")}
              value={draft.kind}
              options={kinds.map((value) => ({ value, label: t(`answer.${value}`) }))}
              onChange={(kind) => change(at, { kind })}
            />
            {draft.kind === "choice" ? (
              <TextArea
                label={t("options")}
                hint={t("options.hint")}
                lang={language}
                dir="auto"
                rows={4}
                value={draft.options[language]}
                onChange={(event) =>
                  change(at, { options: { ...draft.options, [language]: event.target.value } })
                }
              />
            ) : null}
            <div className="flex items-center justify-between gap-2">
              <Checkbox
                label={t("required")}
                checked={draft.required}
                onChange={(event) => change(at, { required: event.target.checked })}
              />
              <IconButton
                size="sm"
                label={t("removeQuestion", { number: at + 1 })}
                icon={<Trash2 className="size-4" aria-hidden />}
                disabled={drafts.length === 1}
                onClick={() => onChange(drafts.filter((_, place) => place !== at))}
              />
            </div>
          </li>
        ))}
      </ol>
      {drafts.length < most ? (
        <Button
          size="sm"
          className="self-start"
          icon={<Plus className="size-4" aria-hidden />}
          onClick={() => onChange([...drafts, newDraft(drafts)])}
        >
          {t("addQuestion")}
        </Button>
      ) : null}
    </fieldset>
  );
}
