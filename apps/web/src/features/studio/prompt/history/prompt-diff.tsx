import { useMemo } from "react";
import { useT } from "../../../../lib/i18n.ts";
import { cx } from "../../../../ui/index.ts";
import { promptHistoryStrings } from "./strings.ts";
import { type DiffRow, diffTexts, type Piece } from "./text-diff.ts";

export interface PromptText {
  name: string;
  content: string;
}

/**
 * What makes one text of another. What was added is underlined and has a plus, what was removed is struck through and
 * has a minus, so that the colours are not needed; screen readers hear both as words.
 */
export default function PromptDiff({ before, after }: { before: PromptText; after: PromptText }) {
  const t = useT(promptHistoryStrings);
  const { rows, wordsAdded, wordsRemoved } = useMemo(
    () => diffTexts(before.content, after.content),
    [before.content, after.content],
  );
  const renamed = before.name !== after.name;
  if (!renamed && rows.every(({ kind }) => kind === "gap" || kind === "same")) {
    return <p className="text-13 text-ink-2">{t("diff.none")}</p>;
  }
  return (
    <div className="flex flex-col gap-2">
      <p className="text-13 text-ink-2">
        {t("diff.added", { count: wordsAdded })} · {t("diff.removed", { count: wordsRemoved })}
      </p>
      {renamed ? (
        <p className="text-13">
          <span className="text-ink-2">{t("diff.name")} </span>
          <Mark kind="removed" text={before.name} /> <Mark kind="added" text={after.name} />
        </p>
      ) : null}
      <div className="overflow-hidden rounded-control border border-line text-13 leading-relaxed">
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity, and hold no state
          <Row key={index} row={row} />
        ))}
      </div>
    </div>
  );
}

const grounds = { same: "", gap: "bg-surface-2", changed: "", added: "bg-good-soft", removed: "bg-bad-soft" };
const signs = { same: "", gap: "", changed: "±", added: "+", removed: "−" };

function Row({ row }: { row: DiffRow }) {
  const t = useT(promptHistoryStrings);
  return (
    <div className={cx("flex gap-2 px-2 py-px", grounds[row.kind])}>
      <span aria-hidden className="w-3 shrink-0 text-center font-mono text-ink-2 select-none">
        {signs[row.kind]}
      </span>
      {row.kind === "gap" ? (
        <p className="text-ink-3">{t("diff.gap", { count: row.lines })}</p>
      ) : (
        <p dir="auto" className="min-h-[1lh] min-w-0 grow text-start wrap-anywhere whitespace-pre-wrap">
          {row.kind === "changed" ? (
            row.pieces.map((piece, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <Mark key={index} {...piece} />
            ))
          ) : (
            <Mark kind={row.kind} text={row.text} />
          )}
        </p>
      )}
    </div>
  );
}

function Mark({ kind, text }: Piece) {
  const t = useT(promptHistoryStrings);
  if (kind === "same") return text;
  const Element = kind === "added" ? "ins" : "del";
  return (
    <Element
      className={cx(
        "rounded-[2px] px-px",
        kind === "added"
          ? "bg-good-soft text-good underline decoration-1 underline-offset-2"
          : "bg-bad-soft text-bad line-through",
      )}
    >
      {/* a bdi, so that the line takes its direction from what was written */}
      <bdi className="sr-only">{t(`diff.${kind}.mark`)} </bdi>
      {text}
    </Element>
  );
}
