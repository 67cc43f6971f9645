import { X } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { IconButton, Select, TextField } from "../../../ui/index.ts";
import { useNamed } from "./people.ts";
import { type ConditionDraft, type Field, takesNothing, takesSeveral } from "./rule-draft.ts";
import { automationStrings } from "./strings.ts";
import { useRuleWords } from "./words.strings.ts";

interface ConditionRowProps {
  draft: ConditionDraft;
  fields: readonly Field[];
  onChange: (draft: ConditionDraft) => void;
  onDrop: () => void;
}

/** One condition: a field, how it is asked, and with what. A group that a program made is kept as it is. */
export function ConditionRow({ draft, fields, onChange, onDrop }: ConditionRowProps) {
  const t = useT(automationStrings);
  const word = useRuleWords();
  const drop = (
    <IconButton label={t("form.drop")} icon={<X className="size-4" aria-hidden />} onClick={onDrop} />
  );
  if ("group" in draft) {
    return (
      <li className="flex items-center justify-between gap-2 rounded-control bg-surface-2 px-3 py-1.5 text-13">
        {t("form.if.group", { count: draft.group.any.length })}
        {drop}
      </li>
    );
  }
  const field = fields.find(({ name }) => name === draft.field);
  const operators = field?.operators ?? [draft.operator];
  return (
    <li className="flex flex-wrap items-start gap-2">
      <Select
        label={t("form.field")}
        labelHidden
        className="grow basis-40"
        value={draft.field}
        options={fields.map(({ name }) => ({ value: name, label: word(name) }))}
        onChange={(name) => {
          const next = fields.find((one) => one.name === name);
          onChange({ ...draft, field: name, operator: next?.operators[0] ?? "equals", text: "" });
        }}
      />
      <Select
        label={t("form.operator")}
        labelHidden
        className="grow basis-32"
        value={draft.operator}
        options={operators.map((name) => ({ value: name, label: word(name) }))}
        onChange={(operator) => onChange({ ...draft, operator })}
      />
      {takesNothing(draft.operator) ? null : (
        <ConditionValue
          field={field}
          several={takesSeveral(draft.operator)}
          text={draft.text}
          onChange={(text) => onChange({ ...draft, text })}
        />
      )}
      {drop}
    </li>
  );
}

interface ConditionValueProps {
  field: Field | undefined;
  several: boolean;
  text: string;
  onChange: (text: string) => void;
}

function ConditionValue({ field, several, text, onChange }: ConditionValueProps) {
  const t = useT(automationStrings);
  const named = useNamed();
  const choices = several ? null : choicesOf();
  if (choices) {
    return (
      <Select
        label={t("form.value")}
        labelHidden
        className="grow basis-40"
        value={text}
        options={[{ value: "", label: t("form.choose") }, ...choices]}
        onChange={onChange}
      />
    );
  }
  return (
    <TextField
      label={t(several ? "form.values" : "form.value")}
      labelHidden
      className="grow basis-40"
      placeholder={several ? t("form.values") : undefined}
      inputMode={field?.kind === "number" ? "decimal" : undefined}
      maxLength={500}
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );

  function choicesOf() {
    if (field?.kind === "choice") return field.options.map((value) => ({ value, label: value }));
    if (field?.kind === "id" && field.of) return named[field.of];
    if (field?.kind !== "yes_no") return null;
    return [
      { value: "true", label: t("yes") },
      { value: "false", label: t("no") },
    ];
  }
}
