import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { Button, Select, TextArea, Time, toast } from "../../ui/index.ts";
import { Section } from "./section.tsx";
import type { ResolutionDetail } from "./statuses.ts";
import { resolutionStrings } from "./strings.ts";
import { useResolutionActs } from "./use-resolution-acts.ts";

const choices = ["custom", "acknowledgement", "status_update", "eta_update", "delay", "resolved"] as const;

/** What the customer is told and was told. */
export function TellSection({ resolution }: { resolution: ResolutionDetail }) {
  const t = useT(resolutionStrings);
  const { tell } = useResolutionActs();
  const [choice, setChoice] = useState<(typeof choices)[number]>("status_update");
  const [words, setWords] = useState("");
  // kept until it was sent, so that trying again after a lost connection sends nothing twice
  const [clientId, setClientId] = useState(() => crypto.randomUUID());
  const isCustom = choice === "custom";
  const send = () =>
    tell.mutate(
      {
        resolutionId: resolution.id,
        clientId,
        ...(isCustom ? { customContent: words } : { templateId: choice }),
      },
      {
        onSuccess: () => {
          setWords("");
          setClientId(crypto.randomUUID());
          toast.done(t("tell.sent"));
        },
      },
    );
  return (
    <Section title={t("tell.title")}>
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Select
          label={t("tell.template")}
          value={choice}
          options={choices.map((value) => ({ value, label: t(`tell.${value}`) }))}
          onChange={(next) => {
            setChoice(next);
            setClientId(crypto.randomUUID());
          }}
        />
        {isCustom ? (
          <TextArea
            label={t("tell.words")}
            value={words}
            maxLength={8_000}
            grows
            boxClassName="max-h-60"
            onChange={({ target }) => {
              setWords(target.value);
              setClientId(crypto.randomUUID());
            }}
          />
        ) : (
          <p className="text-13 text-ink-3">{t("tell.preset")}</p>
        )}
        <Button
          type="submit"
          size="sm"
          className="self-start"
          disabled={isCustom && words.trim() === ""}
          pending={tell.isPending}
        >
          {t("tell.send")}
        </Button>
      </form>
      <ul className="flex flex-col gap-2">
        {[...resolution.customerUpdates].reverse().map((update) => (
          <li key={update.id} className="rounded-control bg-surface-2 p-2 text-13">
            <p dir="auto" className="break-words whitespace-pre-line">
              {update.content}
            </p>
            <p className="mt-1 text-12 text-ink-3">
              <bdi>{update.authorName}</bdi> · <Time value={update.sentAt} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
