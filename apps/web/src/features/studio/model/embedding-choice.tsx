import { useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import type { Embedding } from "../../../lib/models.ts";
import { Button, Dialog, explainError, uiStrings } from "../../../ui/index.ts";
import { embeddingStrings } from "./embedding-strings.ts";
import { useModelName } from "./use-model-name.ts";

interface EmbeddingChoiceProps {
  choice: Embedding["choices"][number];
  state: Embedding;
  /** Rejects when the server refuses. */
  onChoose: (model: string) => Promise<unknown>;
}

/** A model that may be switched to, with what that takes; asks before it begins. */
export function EmbeddingChoice({ choice, state, onChoose }: EmbeddingChoiceProps) {
  const t = useT(embeddingStrings);
  const kit = useT(uiStrings);
  const format = useFormat();
  const nameOf = useModelName();
  const [asking, setAsking] = useState(false);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const { model, missing, isBuiltin, wasActive, keptUntil } = choice;
  const isReady = missing === 0;
  const isBegun = !isReady && missing < state.chunks;
  const tokens = t("tokens", { tokens: format.number(choice.tokens) });
  const price = isBuiltin || choice.price === 0 ? t("free") : priceText();

  function priceText(): string {
    return choice.price === null ? t("price.unknown") : t("price", { price: format.dollars(choice.price) });
  }

  async function start() {
    setPending(true);
    setFailure(null);
    try {
      await onChoose(model);
      setAsking(false);
    } catch (error) {
      setFailure(error);
    } finally {
      setPending(false);
    }
  }

  function facts(): string[] {
    const effort = isReady
      ? [t("ready")]
      : [t("passages", { count: missing }), ...(isBuiltin ? [] : [tokens]), price];
    return keptUntil ? [...effort, t("kept", { date: format.day(new Date(keptUntil)) })] : effort;
  }

  function takes(): string {
    if (isReady) return t("ask.ready");
    return isBuiltin ? t("ask.local", { count: missing }) : t("ask.send", { count: missing, tokens, price });
  }

  return (
    <li className="flex items-start justify-between gap-3 py-3">
      <div className="min-w-0">
        <p className="text-14 font-medium break-words">{nameOf(model)}</p>
        <p className="text-13 text-ink-2">{isBuiltin ? t("builtin.text") : t("trained.text")}</p>
        <p className="text-13 text-ink-2">{facts().join(" · ")}</p>
      </div>
      <Button
        size="sm"
        onClick={() => {
          setFailure(null);
          setAsking(true);
        }}
        aria-label={`${wasActive ? t("back") : isBegun ? t("go") : t("use")}: ${nameOf(model)}`}
      >
        {wasActive ? t("back") : isBegun ? t("go") : t("use")}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("ask.title", { model: nameOf(model) })}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{kit("cancel")}</Button>
            <Button variant="primary" pending={pending} onClick={() => void start()}>
              {isReady ? t("switch.now") : t("start")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-2 text-14 text-ink-2">
          <p>{takes()}</p>
          {state.building && state.building.model !== model ? <p>{t("ask.stops")}</p> : null}
          {isBuiltin ? null : <p>{t("ask.questions")}</p>}
          <p>{t("ask.meanwhile", { active: nameOf(state.active.model) })}</p>
          {failure ? (
            <p role="alert" className="text-13 text-bad">
              {explainError(failure, kit)}
            </p>
          ) : null}
        </div>
      </Dialog>
    </li>
  );
}
