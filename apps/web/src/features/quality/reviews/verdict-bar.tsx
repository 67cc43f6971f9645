import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { Button, Kbd, TextArea, Time } from "../../../ui/index.ts";
import { useInboxKeys } from "../../inbox/use-inbox-keys.ts";
import type { Reviewable } from "./review-search.ts";
import { reviewStrings } from "./strings.ts";
import { useReview } from "./use-review.ts";

const verdicts = [
  { verdict: "correct", key: "1" },
  { verdict: "partly", key: "2" },
  { verdict: "wrong", key: "3" },
] as const;

/** Three verdicts by button or by key; the next answer follows by itself. A note goes with the verdict. */
export function VerdictBar({ item, onGo }: { item: Reviewable; onGo: (by: number) => void }) {
  const t = useT(reviewStrings);
  const current = item.review?.verdict ?? null;
  const [note, setNote] = useState(item.review?.note ?? "");
  const { save, isPending } = useReview(item);
  const give = (verdict: (typeof verdicts)[number]["verdict"]) => {
    if (!isPending) save(verdict, note, () => onGo(1));
  };
  const undo = () => {
    if (current !== null && !isPending) save(null, "");
  };
  useInboxKeys({
    ...Object.fromEntries(verdicts.map(({ verdict, key }) => [key, () => give(verdict)])),
    j: () => onGo(1),
    k: () => onGo(-1),
    u: undo,
  });
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      <fieldset className="flex flex-wrap items-center gap-2">
        <legend className="sr-only">{t("verdict.label")}</legend>
        {verdicts.map(({ verdict, key }) => (
          <Button
            key={verdict}
            variant={current === verdict ? "primary" : "secondary"}
            aria-pressed={current === verdict}
            aria-keyshortcuts={key}
            disabled={isPending}
            onClick={() => give(verdict)}
          >
            {t(`verdict.${verdict}`)}
            <span className="hidden sm:inline">
              <Kbd>{key}</Kbd>
            </span>
          </Button>
        ))}
        {item.review ? (
          <>
            <Button variant="ghost" aria-keyshortcuts="u" disabled={isPending} onClick={undo}>
              {t("undo")}
              <span className="hidden sm:inline">
                <Kbd>U</Kbd>
              </span>
            </Button>
            <span className="text-12 text-ink-3">
              {item.review.reviewer ? <bdi>{t("by", { name: item.review.reviewer.name })} </bdi> : null}
              <Time value={item.review.updatedAt} />
            </span>
          </>
        ) : null}
        <span className="ms-auto hidden items-center gap-1 text-12 text-ink-3 md:inline-flex">
          {t("next")} <Kbd>J</Kbd> {t("previous")} <Kbd>K</Kbd>
        </span>
      </fieldset>
      <TextArea
        label={t("note")}
        hint={t("note.hint")}
        grows
        rows={2}
        maxLength={2_000}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      {current !== null && note.trim() !== (item.review?.note ?? "") ? (
        <Button className="self-start" disabled={isPending} onClick={() => save(current, note)}>
          {t("note.save")}
        </Button>
      ) : null}
    </div>
  );
}
