import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { type Outputs, trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  buttonClass,
  explainError,
  Panel,
  Select,
  Skeleton,
  TextField,
  uiStrings,
} from "../../../ui/index.ts";
import { EvaluateButton } from "./evaluate-button.tsx";
import { gateStrings } from "./gate-strings.ts";

type GateState = Outputs["botPrompt"]["gate"];

/** What a bot asks of a text before it goes to customers, and how the text at hand stands to that. */
export default function PublishingGate({ bot, content }: { bot: Bot; content: string }) {
  const t = useT(gateStrings);
  const state = useQuery(
    trpc.botPrompt.gate.queryOptions({ botId: bot.id, ...(content.trim() === "" ? {} : { content }) }),
  );
  if (!state.data) return <Skeleton className="h-24" />;
  return (
    <Panel title={t("title")} description={t("text")}>
      <div className="flex flex-col gap-4">
        <GateForm key={JSON.stringify(state.data.gate)} botId={bot.id} gate={state.data.gate} />
        {state.data.gate.minPassRate === null || content.trim() === "" ? null : (
          <Standing botId={bot.id} state={state.data} content={content} />
        )}
      </div>
    </Panel>
  );
}

function Standing({ botId, state, content }: { botId: string; state: GateState; content: string }) {
  const t = useT(gateStrings);
  const { check, refusal, isActive } = state;
  return (
    <div className="flex flex-col gap-2 text-13">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={refusal === null ? "good" : "warn"}>
          {t(refusal !== null ? "refused" : isActive ? "active" : "passes")}
        </Badge>
        {check ? <span>{t("found", { passed: check.passed, total: check.total })}</span> : null}
      </p>
      {refusal === null ? null : <p className="text-ink-2">{t(`refusal.${refusal}`)}</p>}
      <div className="flex flex-wrap gap-2">
        {refusal === "active_not_evaluated" ? (
          <EvaluateButton botId={botId} label={t("runActive")} />
        ) : (
          <EvaluateButton botId={botId} label={t("run")} prompt={content} />
        )}
        {check ? (
          <Link
            to="/quality"
            search={{ tab: "evaluations", run: check.runId }}
            className={buttonClass("ghost", "sm")}
          >
            {t("look")}
          </Link>
        ) : null}
      </div>
    </div>
  );
}

function GateForm({ botId, gate }: { botId: string; gate: GateState["gate"] }) {
  const t = useT(gateStrings);
  const ui = useT(uiStrings);
  const queryClient = useQueryClient();
  const [on, setOn] = useState(gate.minPassRate !== null);
  const [rate, setRate] = useState(String(Math.round(100 * (gate.minPassRate ?? 0.9))));
  const [worse, setWorse] = useState(String(gate.maxRegressions));
  const save = useMutation(
    trpc.botPrompt.setGate.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.botPrompt.gate.pathFilter()),
    }),
  );
  const [rateWrong, worseWrong] = [!isWhole(rate, 100), !isWhole(worse, 1_000)];
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-4 sm:grid-cols-3">
        <Select
          label={t("on")}
          value={on ? "yes" : "no"}
          options={(["no", "yes"] as const).map((value) => ({ value, label: t(`on.${value}`) }))}
          onChange={(value) => setOn(value === "yes")}
        />
        {on ? (
          <>
            <TextField
              label={t("passRate")}
              inputMode="numeric"
              value={rate}
              error={rateWrong ? t("number.wrong", { least: 0, most: 100 }) : null}
              onChange={({ target }) => setRate(target.value)}
            />
            <TextField
              label={t("regressions")}
              inputMode="numeric"
              value={worse}
              error={worseWrong ? t("number.wrong", { least: 0, most: 1_000 }) : null}
              onChange={({ target }) => setWorse(target.value)}
            />
          </>
        ) : null}
      </div>
      <div className="flex items-center gap-3">
        <Button
          size="sm"
          pending={save.isPending}
          disabled={on && (rateWrong || worseWrong)}
          onClick={() =>
            save.mutate({
              botId,
              minPassRate: on ? Number(rate) / 100 : null,
              maxRegressions: worseWrong ? gate.maxRegressions : Number(worse),
            })
          }
        >
          {t("save")}
        </Button>
        <span aria-live="polite" className="text-13 text-ink-2">
          {save.isSuccess ? t("saved") : null}
          {save.isError ? <span className="text-bad">{explainError(save.error, ui)}</span> : null}
        </span>
      </div>
    </div>
  );
}

function isWhole(text: string, most: number): boolean {
  const number = Number(text);
  return text.trim() !== "" && Number.isInteger(number) && number >= 0 && number <= most;
}
