import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { Button, TextArea, Time } from "../../ui/index.ts";
import { Section } from "./section.tsx";
import { type ResolutionDetail, statuses } from "./statuses.ts";
import { resolutionStrings } from "./strings.ts";
import { useResolutionActs } from "./use-resolution-acts.ts";

/** What happened, the latest first, with notes for colleagues. */
export function UpdatesSection({ resolution, mayWork }: { resolution: ResolutionDetail; mayWork: boolean }) {
  const t = useT(resolutionStrings);
  const wordsOf = useWords();
  return (
    <Section title={t("updates.title")}>
      {mayWork ? <NoteForm resolutionId={resolution.id} /> : null}
      {resolution.updates.length === 0 ? (
        <p className="text-13 text-ink-3">{t("updates.none")}</p>
      ) : (
        <ol className="flex flex-col gap-3">
          {[...resolution.updates].reverse().map((update) => (
            <li key={update.id} className="border-s-2 border-line-strong ps-2.5 text-13">
              <p dir="auto" className="text-start break-words whitespace-pre-line">
                {wordsOf(update)}
              </p>
              <p className="text-12 text-ink-3">
                <bdi>{update.authorName}</bdi> · <Time value={update.createdAt} />
              </p>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function NoteForm({ resolutionId }: { resolutionId: string }) {
  const t = useT(resolutionStrings);
  const { addUpdate } = useResolutionActs();
  const [content, setContent] = useState("");
  // kept until it was added, so that trying again adds nothing twice
  const [clientId, setClientId] = useState(() => crypto.randomUUID());
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        addUpdate.mutate(
          { resolutionId, content, clientId },
          {
            onSuccess: () => {
              setContent("");
              setClientId(crypto.randomUUID());
            },
          },
        );
      }}
    >
      <TextArea
        label={t("updates.note")}
        value={content}
        maxLength={8_000}
        rows={2}
        grows
        boxClassName="max-h-60"
        onChange={({ target }) => setContent(target.value)}
      />
      <Button
        type="submit"
        size="sm"
        className="self-start"
        disabled={content.trim() === ""}
        pending={addUpdate.isPending}
      >
        {t("updates.add")}
      </Button>
    </form>
  );
}

/** What an update says in the reader's language; notes are as they were written. */
function useWords() {
  const t = useT(resolutionStrings);
  return ({ updateType, content }: ResolutionDetail["updates"][number]): string => {
    switch (updateType) {
      case "status_change": {
        const [from, to] = content.split(" → ").map((name) => statuses.find((status) => status === name));
        return from && to
          ? t("updates.status", { from: t(`status.${from}`), to: t(`status.${to}`) })
          : content;
      }
      case "assignment":
        return t("updates.owner", { name: content === "nobody" ? t("owner.none") : content });
      case "eta_change":
        return t("updates.eta");
      case "customer_update":
        return t("updates.told");
      case "note":
        return content;
    }
  };
}
