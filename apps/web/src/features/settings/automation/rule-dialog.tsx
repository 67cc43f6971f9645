import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Button,
  Dialog,
  ErrorState,
  explainError,
  FormDialog,
  Select,
  Skeleton,
  TextField,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { ActionRow } from "./action-row.tsx";
import { ConditionRow } from "./condition-row.tsx";
import {
  draftOfAction,
  draftOfCondition,
  newKey,
  type Rule,
  type RuleFields,
  toAction,
  toCondition,
} from "./rule-draft.ts";
import { automationStrings } from "./strings.ts";
import { useRuleWords } from "./words.strings.ts";

/** A new rule, or another version of one: when, if, then. */
export function RuleDialog({ rule, onClose }: { rule: Rule | null; onClose: () => void }) {
  const t = useT(automationStrings);
  const fields = useQuery(trpc.automation.fields.queryOptions());
  if (fields.isSuccess) return <RuleForm rule={rule} known={fields.data} onClose={onClose} />;
  return (
    <Dialog open wide onClose={onClose} title={t(rule ? "form.edit" : "form.new")}>
      {fields.isError ? (
        <ErrorState error={fields.error} onRetry={() => void fields.refetch()} />
      ) : (
        <Skeleton className="h-40" />
      )}
    </Dialog>
  );
}

function RuleForm({ rule, known, onClose }: { rule: Rule | null; known: RuleFields; onClose: () => void }) {
  const t = useT(automationStrings);
  const ui = useT(uiStrings);
  const word = useRuleWords();
  const [name, setName] = useState(rule?.name ?? "");
  const [priority, setPriority] = useState(String(rule?.priority ?? 0));
  const [triggerEvent, setTrigger] = useState<Rule["triggerEvent"]>(rule?.triggerEvent ?? "message.added");
  const [conditions, setConditions] = useState(() => (rule?.conditions ?? []).map(draftOfCondition));
  const [actions, setActions] = useState(() =>
    (rule?.actions ?? [{ type: "add_tags" as const, params: { tags: [] } }]).map(draftOfAction),
  );
  const fields = known.triggers.find((trigger) => trigger.name === triggerEvent)?.fields ?? [];
  const saved = {
    async onSuccess({ name }: Rule) {
      toast.done(t("form.done", { name }));
      onClose();
      await queryClient.invalidateQueries(trpc.automation.pathFilter());
    },
  };
  const create = useMutation(trpc.automation.create.mutationOptions(saved));
  const update = useMutation(trpc.automation.update.mutationOptions(saved));
  const save = rule ? update : create;

  function submit() {
    const text = {
      name,
      triggerEvent,
      conditions: conditions.map((draft) => toCondition(draft, fields)),
      actions: actions.map(toAction),
      priority: Number(priority),
    };
    if (rule) update.mutate({ ruleId: rule.id, version: rule.version, ...text });
    else create.mutate(text);
  }

  function addCondition() {
    const [first] = fields;
    if (!first) return;
    const draft = { key: newKey(), field: first.name, operator: first.operators[0] ?? "equals", text: "" };
    setConditions([...conditions, draft]);
  }

  return (
    <FormDialog
      wide
      onClose={onClose}
      title={t(rule ? "form.edit" : "form.new")}
      description={rule ? t("form.version", { version: rule.version }) : undefined}
      submitLabel={t("form.save")}
      pending={save.isPending}
      failure={save.isError ? t("form.failed", { reason: explainError(save.error, ui) }) : null}
      onSubmit={submit}
    >
      <div className="flex flex-wrap gap-4">
        <TextField
          label={t("form.name")}
          className="grow basis-60"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t("form.priority")}
          hint={t("form.priority.hint")}
          className="basis-40"
          inputMode="numeric"
          maxLength={5}
          value={priority}
          onChange={(event) => setPriority(event.target.value)}
        />
      </div>
      <Select
        label={t("form.when")}
        value={triggerEvent}
        options={known.triggers.map((trigger) => ({ value: trigger.name, label: word(trigger.name) }))}
        onChange={setTrigger}
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-1 text-13 font-medium">{t("form.if")}</legend>
        {conditions.length === 0 ? <p className="text-13 text-ink-3">{t("form.if.none")}</p> : null}
        <ul className="flex flex-col gap-3">
          {conditions.map((draft) => (
            <ConditionRow
              key={draft.key}
              draft={draft}
              fields={fields}
              onChange={(next) => setConditions(replaced(conditions, next))}
              onDrop={() => setConditions(conditions.filter(({ key }) => key !== draft.key))}
            />
          ))}
        </ul>
        <AddButton label={t("form.if.add")} onClick={addCondition} />
      </fieldset>
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-1 text-13 font-medium">{t("form.then")}</legend>
        <ul className="flex flex-col gap-2">
          {actions.map((draft) => (
            <ActionRow
              key={draft.key}
              draft={draft}
              onChange={(next) => setActions(replaced(actions, next))}
              onDrop={() => setActions(actions.filter(({ key }) => key !== draft.key))}
            />
          ))}
        </ul>
        <AddButton
          label={t("form.then.add")}
          onClick={() => setActions([...actions, { key: newKey(), type: "add_note", params: {} }])}
        />
        <p className="text-13 text-ink-3">
          {t("form.names", { names: "{{conversation.subject}}, {{customer.name}}" })}
        </p>
      </fieldset>
    </FormDialog>
  );
}

const replaced = <Draft extends { key: number }>(drafts: readonly Draft[], next: Draft): Draft[] =>
  drafts.map((draft) => (draft.key === next.key ? next : draft));

function AddButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="sm" className="self-start" icon={<Plus className="size-4" aria-hidden />} onClick={onClick}>
      {label}
    </Button>
  );
}
