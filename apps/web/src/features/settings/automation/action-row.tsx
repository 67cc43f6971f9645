import { X } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { IconButton, Select, TextArea, TextField } from "../../../ui/index.ts";
import { useNamed } from "./people.ts";
import {
  type ActionDraft,
  type ActionType,
  type Param,
  paramsOf,
  severities,
  statuses,
} from "./rule-draft.ts";
import { automationStrings } from "./strings.ts";
import { useRuleWords } from "./words.strings.ts";

const isActionType = (name: string): name is ActionType => Object.hasOwn(paramsOf, name);
const actionTypes = Object.keys(paramsOf).filter(isActionType);

interface ActionRowProps {
  draft: ActionDraft;
  onChange: (draft: ActionDraft) => void;
  onDrop: () => void;
}

/** One action with what it takes. */
export function ActionRow({ draft, onChange, onDrop }: ActionRowProps) {
  const t = useT(automationStrings);
  const word = useRuleWords();
  return (
    <li className="flex items-start gap-2 rounded-control border border-line p-2">
      <div className="flex min-w-0 grow flex-col gap-2">
        <Select
          label={t("form.action")}
          labelHidden
          value={draft.type}
          options={actionTypes.map((type) => ({ value: type, label: word(type) }))}
          onChange={(type) => onChange({ ...draft, type, params: {} })}
        />
        {paramsOf[draft.type].map((name) => (
          <ParamField
            key={name}
            name={name}
            value={draft.params[name] ?? ""}
            onChange={(value) => onChange({ ...draft, params: { ...draft.params, [name]: value } })}
          />
        ))}
      </div>
      <IconButton label={t("form.drop")} icon={<X className="size-4" aria-hidden />} onClick={onDrop} />
    </li>
  );
}

const isLong = (name: Param) => name === "text" || name === "message" || name === "reason";

function ParamField({
  name,
  value,
  onChange,
}: {
  name: Param;
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useT(automationStrings);
  const named = useNamed();
  const choices = {
    severity: severities.map((one) => ({ value: one, label: one })),
    status: statuses.map((one) => ({ value: one, label: one })),
    agentId: named.agent,
    teamId: named.team,
  };
  if (name === "severity" || name === "status" || name === "agentId" || name === "teamId") {
    return (
      <Select
        label={t(`param.${name}`)}
        value={value}
        options={[{ value: "", label: t("form.choose"), disabled: true }, ...choices[name]]}
        onChange={onChange}
      />
    );
  }
  if (isLong(name)) {
    return (
      <TextArea
        label={t(`param.${name}`)}
        rows={2}
        maxLength={2_000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <TextField
      label={t(`param.${name}`)}
      inputMode={name === "minutes" ? "numeric" : undefined}
      maxLength={500}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
