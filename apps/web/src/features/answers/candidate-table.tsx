import { Link } from "@tanstack/react-router";
import { ArrowDown } from "lucide-react";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { Badge, Button, cx, type Tone } from "../../ui/index.ts";
import { type Candidate, type CandidateList, type Order, type Score, sorted } from "./candidates.ts";
import { rounded } from "./stage-data.ts";
import { answerStrings } from "./strings.ts";

const scores = ["bm25", "dense", "fused", "rerank"] as const;

/** Everything that a search looked at, with its place and score at each step, and why it was chosen or not. */
export function CandidateTable({ list }: { list: CandidateList }) {
  const t = useT(answerStrings);
  const [order, setOrder] = useState<Order>("place");
  const [all, setAll] = useState(false);
  const left = list.candidates.length - list.chosen;
  const shown = all ? list.candidates : list.candidates.filter(({ fate }) => fate === "chosen");
  return (
    <div className="flex flex-col gap-2">
      {list.proposed ? (
        <p className="text-ink-2">
          {t("search.proposed", {
            words: list.proposed.bm25,
            meaning: list.proposed.dense,
            looked: list.looked,
          })}
        </p>
      ) : null}
      <section
        aria-label={t("data.candidates")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so it must be reachable by keyboard.
        tabIndex={0}
        className="relative max-h-[28rem] overflow-auto rounded-control border border-line bg-surface-1 in-[[role=dialog]]:max-h-none"
      >
        <table className="w-full border-collapse">
          <caption className="sr-only">{t("data.candidates")}</caption>
          <thead className="sticky top-0 bg-surface-1 shadow-[0_1px_0_var(--line)]">
            <tr className="text-ink-3">
              <SortHeader order="place" chosen={order} onChoose={setOrder} />
              <th scope="col" className="px-2 py-1 text-start font-medium">
                {t("data.text")}
              </th>
              {scores.map((score) => (
                <SortHeader key={score} order={score} chosen={order} onChoose={setOrder} />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted(shown, order).map((candidate) => (
              <CandidateRow key={candidate.place} candidate={candidate} limit={list.chosen} />
            ))}
          </tbody>
        </table>
      </section>
      {left > 0 ? (
        <div>
          <Button size="sm" variant="ghost" aria-pressed={all} onClick={() => setAll(!all)}>
            {all ? t("search.fewer") : t("search.all", { count: left })}
          </Button>
        </div>
      ) : null}
      <ScoreMeanings />
    </div>
  );
}

function SortHeader({
  order,
  chosen,
  onChoose,
}: {
  order: Order;
  chosen: Order;
  onChoose: (order: Order) => void;
}) {
  const t = useT(answerStrings);
  const isChosen = order === chosen;
  // Best first is the only order that says something, so there is no other direction.
  return (
    <th
      scope="col"
      aria-sort={isChosen ? (order === "place" ? "ascending" : "descending") : "none"}
      className="p-0"
    >
      <button
        type="button"
        onClick={() => onChoose(order)}
        className={cx(
          "flex w-full items-center gap-1 px-2 py-1 font-medium whitespace-nowrap hover:bg-surface-2 focus-visible:-outline-offset-2",
          isChosen && "text-ink-1",
          order !== "place" && "justify-end",
        )}
      >
        {t(`data.${order}`)}
        <ArrowDown className={cx("size-3", !isChosen && "invisible")} aria-hidden />
      </button>
    </th>
  );
}

function CandidateRow({ candidate, limit }: { candidate: Candidate; limit: number }) {
  const t = useT(answerStrings);
  const { place, fate, section, page, text } = candidate;
  return (
    <tr className={cx("border-t border-line align-top", fate !== "chosen" && "text-ink-2")}>
      <td className="px-2 py-1.5 text-ink-3 tabular-nums">{place}</td>
      <td className="max-w-80 min-w-56 px-2 py-1.5">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <DocumentName candidate={candidate} />
          <Fate candidate={candidate} limit={limit} />
        </div>
        <p dir="auto" className="mt-0.5 break-words">
          {section === "" ? null : <span className="text-ink-3">{section} · </span>}
          {page === null ? null : <span className="text-ink-3">{t("search.page", { page })} · </span>}
          {text}
        </p>
      </td>
      {scores.map((score) => (
        <ScoreCell key={score} score={candidate[score]} />
      ))}
    </tr>
  );
}

function DocumentName({ candidate: { document, span } }: { candidate: Candidate }) {
  const { id, name, version } = document;
  if (id === null) return <bdi className="font-medium">{name}</bdi>;
  return (
    <Link
      to="/documents/$documentId"
      params={{ documentId: id }}
      search={{ ...(version === null ? {} : { version }), ...(span ?? {}) }}
      preload={false}
      className="font-medium text-accent underline"
    >
      <bdi>{name}</bdi>
    </Link>
  );
}

const fateTones: Record<Candidate["fate"], Tone> = { chosen: "good", duplicate: "neutral", below: "neutral" };

function Fate({ candidate, limit }: { candidate: Candidate; limit: number }) {
  const t = useT(answerStrings);
  const { fate, duplicateOf, otherLanguage } = candidate;
  const word =
    fate === "duplicate"
      ? t("fate.duplicate", { place: duplicateOf ?? 1 })
      : fate === "below"
        ? t("fate.below", { limit })
        : t("fate.chosen");
  return (
    <>
      <Badge tone={fateTones[fate]}>{word}</Badge>
      {otherLanguage ? <Badge tone="warn">{t("fate.otherLanguage")}</Badge> : null}
    </>
  );
}

/** The score, and below it the place among what this way of searching found. */
function ScoreCell({ score: { value, rank } }: { score: Score }) {
  const t = useT(answerStrings);
  const format = useFormat();
  return (
    <td className="px-2 py-1.5 text-end whitespace-nowrap tabular-nums">
      {value === null ? (
        <span className="text-ink-3">
          <span aria-hidden>–</span>
          <span className="sr-only">{t("data.none")}</span>
        </span>
      ) : (
        format.number(rounded(value))
      )}
      {rank === null ? null : <span className="block text-ink-3">{t("search.rank", { rank })}</span>}
    </td>
  );
}

/** What each score says, in plain words. */
function ScoreMeanings() {
  const t = useT(answerStrings);
  return (
    <details className="text-ink-2">
      <summary className="w-fit cursor-pointer text-ink-3 hover:text-ink-1">{t("meaning.title")}</summary>
      <dl className="mt-1.5 flex flex-col gap-1.5">
        {scores.map((score) => (
          <div key={score}>
            <dt className="font-medium text-ink-1">{t(`data.${score}`)}</dt>
            <dd>{t(`meaning.${score}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
