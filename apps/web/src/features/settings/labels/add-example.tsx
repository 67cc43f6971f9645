import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { type Inputs, type Outputs, queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, explainError, Select, TextField, toast, uiStrings } from "../../../ui/index.ts";
import type { Kind } from "./labels-tab.tsx";
import { labelStrings } from "./strings.ts";

type NewExample = Inputs["assist"]["labels"]["add"];
const severities = ["P0", "P1", "P2", "P3"] as const;
const sentiments = ["positive", "neutral", "negative"] as const;

interface AddExampleProps {
  kind: Kind;
  labels: Outputs["assist"]["labels"]["list"]["labels"];
}

/** A text and what it is. What was typed stays when it is refused; the label stays for the next one. */
export function AddExample({ kind, labels }: AddExampleProps) {
  const t = useT(labelStrings);
  const kit = useT(uiStrings);
  const known = useId();
  const [text, setText] = useState("");
  const [intent, setIntent] = useState("");
  const [severity, setSeverity] = useState<(typeof severities)[number]>("P2");
  const [sentiment, setSentiment] = useState<(typeof sentiments)[number]>("negative");
  const [tried, setTried] = useState(false);
  const add = useMutation(
    trpc.assist.labels.add.mutationOptions({
      onSuccess: async () => {
        setText("");
        setTried(false);
        await queryClient.invalidateQueries(trpc.assist.labels.pathFilter());
      },
      onError: (error) => toast.failed(t("add.failed"), explainError(error, kit)),
    }),
  );
  const example: NewExample =
    kind === "intent"
      ? { kind, label: intent, text }
      : kind === "severity"
        ? { kind, label: severity, text }
        : { kind, label: sentiment, text };

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (text.trim() === "" || example.label.trim() === "" || add.isPending) return;
    add.mutate(example);
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-3">
      <TextField
        label={t("add.text")}
        hint={t("add.text.hint")}
        value={text}
        maxLength={1_000}
        error={tried && text.trim() === "" ? t("add.text.missing") : null}
        onChange={({ target }) => setText(target.value)}
        className="min-w-0 grow basis-64"
      />
      {kind === "intent" ? (
        <>
          <TextField
            label={t("add.label")}
            hint={t("add.label.hint")}
            value={intent}
            maxLength={60}
            list={known}
            error={tried && intent.trim() === "" ? t("add.label.missing") : null}
            onChange={({ target }) => setIntent(target.value)}
            className="min-w-0 grow basis-48"
          />
          <datalist id={known}>
            {labels.map(({ label }) => (
              <option key={label} value={label} />
            ))}
          </datalist>
        </>
      ) : kind === "severity" ? (
        <Select
          label={t("add.label")}
          value={severity}
          options={severities.map((value) => ({ value, label: value }))}
          onChange={setSeverity}
          className="w-36"
        />
      ) : (
        <Select
          label={t("add.label")}
          value={sentiment}
          options={sentiments.map((value) => ({ value, label: t(value) }))}
          onChange={setSentiment}
          className="w-36"
        />
      )}
      <Button type="submit" pending={add.isPending} className="mt-6">
        {t("add.action")}
      </Button>
    </form>
  );
}
