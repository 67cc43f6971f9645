import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import type { KnowledgeDocument } from "../../lib/models.ts";
import { Button, cx } from "../../ui/index.ts";
import {
  type Block,
  blocksOf,
  growBack,
  growForward,
  isInside,
  piecesOf,
  type Span,
  windowAround,
} from "./slice-text.ts";
import { documentStrings } from "./strings.ts";

/** Characters rendered on each side of a passage, and added by each "show more": a few screens. */
const reach = 12_000;

/**
 * The text as it was read from the document, with passages highlighted and the current one in view. Only the
 * part around it is rendered, so a book opens as fast as a note.
 */
export function DocumentText({
  document,
  spans,
  current,
}: {
  document: Pick<KnowledgeDocument, "text" | "pages" | "language">;
  /** In reading order. */
  spans: readonly Span[];
  /** The place in `spans` of the passage to bring into view. */
  current: number;
}) {
  const t = useT(documentStrings);
  const { text, pages, language } = document;
  const blocks = useMemo(() => blocksOf(text, pages), [text, pages]);
  const target = spans[current] ?? null;
  const [shown, setShown] = useState(() => windowAround(blocks, target, reach));
  const box = useRef<HTMLDivElement>(null);
  const heightBefore = useRef<number | null>(null);

  const window = target && !isInside(blocks, shown, target) ? windowAround(blocks, target, reach) : shown;
  const isElsewhere = useRef(false);
  if (window !== shown) {
    isElsewhere.current = true;
    setShown(window);
  }

  // What was on screen stays where it was when earlier text appears above it. The scroller switches off the
  // browser's own anchoring, which not all have, so that only one of the two moves it.
  useLayoutEffect(() => {
    const scroller = scrollerOf(box.current);
    if (heightBefore.current === null || !scroller) return;
    scroller.scrollTop += scroller.scrollHeight - heightBefore.current;
    heightBefore.current = null;
  });

  const arrived = useRef(false);
  useEffect(() => {
    const mark = box.current?.querySelector(`mark[data-span="${current}"]`);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // Gliding shows how two passages lie to each other; over text that was not there it would only take time.
    const glides = arrived.current && !isElsewhere.current && !still;
    mark?.scrollIntoView({ block: "center", behavior: glides ? "smooth" : "instant" });
    arrived.current = true;
    isElsewhere.current = false;
  }, [current]);

  function showEarlier() {
    heightBefore.current = scrollerOf(box.current)?.scrollHeight ?? null;
    setShown(growBack(blocks, window, reach));
  }

  return (
    <div ref={box} lang={language ?? undefined} className="text-15 text-ink-1">
      {window.from > 0 ? (
        <div className="mb-4 flex justify-center">
          <Button onClick={showEarlier}>{t("text.earlier")}</Button>
        </div>
      ) : null}
      {blocks.slice(window.from, window.to).map((block) => (
        <Paragraph key={block.start} {...{ text, block, spans, current }} />
      ))}
      {window.to < blocks.length ? (
        <div className="mt-4 flex justify-center">
          <Button onClick={() => setShown(growForward(blocks, window, reach))}>{t("text.more")}</Button>
        </div>
      ) : null}
    </div>
  );
}

function Paragraph({
  text,
  block,
  spans,
  current,
}: {
  text: string;
  block: Block;
  spans: readonly Span[];
  current: number;
}) {
  const pieces = piecesOf(text, block, spans);
  return (
    <>
      {block.page === null ? null : <PageEdge number={block.page} />}
      <p dir="auto" className="mb-3 break-words whitespace-pre-wrap">
        {pieces.map((piece, index) => {
          const visible = index === pieces.length - 1 ? piece.text.trimEnd() : piece.text;
          if (piece.span === null || visible === "") return visible;
          return (
            <mark
              key={piece.start}
              data-span={piece.span}
              className={cx(
                "box-decoration-clone rounded-[3px] px-0.5 text-ink-1",
                piece.span === current ? "bg-warn-soft outline-2 outline-warn" : "bg-surface-3",
              )}
            >
              {visible}
            </mark>
          );
        })}
      </p>
    </>
  );
}

function PageEdge({ number }: { number: number }) {
  const t = useT(documentStrings);
  const format = useFormat();
  return (
    <div className="my-4 flex items-center gap-3 text-12 text-ink-3 first:mt-0">
      <span className="h-px grow bg-line" aria-hidden />
      {t("page.label", { number: format.number(number) })}
      <span className="h-px grow bg-line" aria-hidden />
    </div>
  );
}

function scrollerOf(element: Element | null): Element | null {
  for (let at = element?.parentElement ?? null; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return null;
}
