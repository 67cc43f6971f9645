import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, Dialog, explainError, Select, TextArea, uiStrings } from "../../../ui/index.ts";
import { caseStrings } from "./cases.strings.ts";
import { evaluationStrings } from "./strings.ts";
import type { Case } from "./use-evaluations.ts";

const expectations = ["answer", "abstain", "handoff"] as const;

/** Writes a case, or changes one. */
export function CaseDialog({
  botId,
  known,
  onClose,
}: {
  botId: string;
  known: Case | null;
  onClose: () => void;
}) {
  const t = useT(evaluationStrings);
  const tCases = useT(caseStrings);
  const ui = useT(uiStrings);
  const queryClient = useQueryClient();
  const [question, setQuestion] = useState(known?.question ?? "");
  const [expects, setExpects] = useState<(typeof expectations)[number]>(known?.expects ?? "answer");
  const [gold, setGold] = useState(known?.goldAnswers.join("\n") ?? "");
  const [contains, setContains] = useState(known?.mustContain.join("\n") ?? "");
  // one that waits for what is right is wanted as soon as somebody says it
  const [enabled, setEnabled] = useState(known === null || known.isEnabled || known.goldAnswers.length === 0);
  const [tried, setTried] = useState(false);
  const onSuccess = async () => {
    await queryClient.invalidateQueries(trpc.evaluations.cases.pathFilter());
    onClose();
  };
  const create = useMutation(trpc.evaluations.cases.create.mutationOptions({ onSuccess }));
  const update = useMutation(trpc.evaluations.cases.update.mutationOptions({ onSuccess }));
  const failure = create.error ?? update.error;

  function save() {
    setTried(true);
    if (question.trim() === "") return;
    const content = {
      question: question.trim(),
      expects,
      goldAnswers: expects === "answer" ? linesOf(gold) : [],
      mustContain: expects === "answer" ? linesOf(contains) : [],
    };
    if (known) update.mutate({ caseId: known.id, ...content, isEnabled: enabled });
    else create.mutate({ botId, ...content });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={tCases(known ? "case.edit" : "case.new")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant="primary" pending={create.isPending || update.isPending} onClick={save}>
            {tCases("case.save")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {failure ? (
          <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
            {explainError(failure, ui)}
          </p>
        ) : null}
        <TextArea
          label={tCases("case.question")}
          rows={2}
          maxLength={8_000}
          value={question}
          error={tried && question.trim() === "" ? tCases("case.question.missing") : null}
          onChange={({ target }) => setQuestion(target.value)}
        />
        <Select
          label={tCases("case.expects")}
          value={expects}
          options={expectations.map((value) => ({ value, label: t(`expects.${value}`) }))}
          onChange={setExpects}
        />
        {expects === "answer" ? (
          <>
            <TextArea
              label={tCases("case.gold")}
              hint={tCases("case.gold.hint")}
              value={gold}
              onChange={({ target }) => setGold(target.value)}
            />
            <TextArea
              label={tCases("case.contains")}
              hint={tCases("case.contains.hint")}
              rows={2}
              value={contains}
              onChange={({ target }) => setContains(target.value)}
            />
          </>
        ) : null}
        {known ? (
          <Select
            label={tCases("case.enabled")}
            value={enabled ? "yes" : "no"}
            options={(["yes", "no"] as const).map((value) => ({
              value,
              label: tCases(`case.enabled.${value}`),
            }))}
            onChange={(value) => setEnabled(value === "yes")}
          />
        ) : null}
      </div>
    </Dialog>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
