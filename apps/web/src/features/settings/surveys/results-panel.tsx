import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useLanguage, useT } from "../../../lib/i18n.ts";
import { type Outputs, trpc } from "../../../lib/trpc.ts";
import {
  Button,
  EmptyState,
  ErrorState,
  Pager,
  Panel,
  ProgressBar,
  Skeleton,
  Time,
} from "../../../ui/index.ts";
import { choicesOf, wordsIn } from "../../surveys/question.ts";
import { inputOf, isNarrowed, ResultsFilter, usualFilter } from "./results-filter.tsx";
import { surveySettingsStrings } from "./strings.ts";
import type { Survey } from "./surveys-tab.tsx";

const DayChart = lazy(() => import("../../../ui/day-chart.tsx"));

type Results = Outputs["surveys"]["results"];
type Figures = Pick<
  Results["figures"],
  "invited" | "answered" | "responseRate" | "averageScore" | "csat" | "nps"
>;

/** What came of a survey in a time: how many answered, what, by whose help, and their words. */
export default function ResultsPanel({ survey, onBack }: { survey: Survey; onBack: () => void }) {
  const t = useT(surveySettingsStrings);
  const [wanted, setWanted] = useState(usualFilter);
  const [page, setPage] = useState(1);
  const results = useQuery(
    trpc.surveys.results.queryOptions(
      { surveyId: survey.id, ...inputOf(wanted), page, pageSize: 10 },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <Panel
      title={t("results.of", { name: survey.name })}
      description={<p>{t(`kind.${survey.kind}`)}</p>}
      action={<Button onClick={onBack}>{t("back")}</Button>}
    >
      <div className="flex flex-col gap-6">
        <ResultsFilter
          wanted={wanted}
          onChange={(next) => {
            setWanted(next);
            setPage(1);
          }}
        />
        {results.isPending ? (
          <Skeleton className="h-64" />
        ) : results.isError ? (
          <ErrorState
            error={results.error}
            title={t("resultsFailed")}
            onRetry={() => void results.refetch()}
          />
        ) : results.data.figures.invited === 0 ? (
          <EmptyState title={t("nobody.title")}>
            {t(isNarrowed(wanted) ? "nobody.narrowed" : "nobody.text")}
          </EmptyState>
        ) : (
          <Found results={results.data} onPage={setPage} />
        )}
      </div>
    </Panel>
  );
}

function Found({ results, onPage }: { results: Results; onPage: (page: number) => void }) {
  const t = useT(surveySettingsStrings);
  const format = useFormat();
  const { figures, days, questions, bots, agents, comments } = results;
  const points = days.map(({ date, invited, answered }) => ({ date, answered, open: invited - answered }));
  return (
    <>
      <FigureRow figures={figures} />
      <section aria-label={t("trend")}>
        <h3 className="mb-2 text-13 font-semibold">{t("trend")}</h3>
        <div aria-hidden>
          <Suspense fallback={<Skeleton className="h-56" />}>
            <DayChart
              kind="bars"
              isWhole
              points={points}
              series={[
                { key: "answered", name: t("answered"), colour: "var(--accent)" },
                { key: "open", name: t("notAnswered"), colour: "var(--line-strong)" },
              ]}
              dayWord={(date) => format.utcDay(new Date(date))}
              valueWord={format.number}
            />
          </Suspense>
        </div>
        <FiguresTable
          hidden
          caption={t("trend")}
          first={t("day")}
          rows={days.map((one) => ({ key: one.date, name: format.utcDay(new Date(one.date)), ...one }))}
        />
      </section>
      {questions.map((one) => (
        <Distribution key={one.question.key} {...one} />
      ))}
      <ByWhom caption={t("bots")} rows={bots} />
      <ByWhom caption={t("agents")} rows={agents} />
      <section aria-label={t("comments")} className="flex flex-col gap-3">
        <h3 className="text-13 font-semibold">{t("comments")}</h3>
        {comments.items.length === 0 ? <p className="text-14 text-ink-2">{t("comments.none")}</p> : null}
        <ul className="flex flex-col gap-2">
          {comments.items.map(({ conversationId, comment, words, score, createdAt }) => (
            <li
              key={`${conversationId} ${createdAt}`}
              className="rounded-control border border-line p-3 text-14"
            >
              {[comment, ...Object.values(words)].map((text) =>
                text ? (
                  <p key={text} dir="auto" className="[overflow-wrap:anywhere]">
                    {text}
                  </p>
                ) : null,
              )}
              <p className="mt-1 flex flex-wrap items-center gap-3 text-13 text-ink-2">
                {score === null ? null : <span className="tabular-nums">{format.number(score)}</span>}
                <Time value={createdAt} />
                <Link
                  to="/inbox/$conversationId"
                  params={{ conversationId }}
                  className="text-accent underline"
                >
                  {t("open")}
                </Link>
              </p>
            </li>
          ))}
        </ul>
        <Pager page={comments.meta.currentPage} pages={comments.meta.totalPages} onPage={onPage} />
      </section>
    </>
  );
}

function FigureRow({ figures }: { figures: Figures }) {
  const t = useT(surveySettingsStrings);
  const format = useFormat();
  const shown = [
    [t("invited"), format.number(figures.invited)],
    [t("answered"), format.number(figures.answered)],
    [t("rate"), figures.responseRate === null ? "–" : format.percent(figures.responseRate)],
    ...(figures.csat === null ? [] : [[t("csat"), format.percent(figures.csat)]]),
    ...(figures.nps === null ? [] : [[t("nps"), format.number(figures.nps)]]),
    ...(figures.averageScore === null
      ? []
      : [[t("average"), format.number(Math.round(figures.averageScore * 10) / 10)]]),
  ];
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3">
      {shown.map(([label, value]) => (
        <div key={label} className="rounded-control border border-line p-3">
          <dt className="text-12 text-ink-3">{label}</dt>
          <dd className="text-20 font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Distribution({ question, answered, counts }: Results["questions"][number]) {
  const t = useT(surveySettingsStrings);
  const format = useFormat();
  const language = useLanguage();
  const labels = new Map(choicesOf(question, language).map(({ value, label }) => [value, label]));
  return (
    <section className="flex flex-col gap-2">
      <h3 dir="auto" className="text-start text-13 font-semibold">
        {wordsIn(question.text, language)}
      </h3>
      {question.kind === "text" ? (
        <p className="text-14 text-ink-2">{t("wrote", { count: answered })}</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {counts.map(({ value, count }) => {
            const label = labels.get(value) ?? format.number(value);
            return (
              <li
                key={value}
                className="grid grid-cols-[minmax(2rem,8rem)_1fr_3rem] items-center gap-2 text-13"
              >
                <bdi className="[overflow-wrap:anywhere]">{label}</bdi>
                <ProgressBar
                  label={t("count", { label, count })}
                  value={answered === 0 ? 0 : (count / answered) * 100}
                />
                <span className="text-end tabular-nums">{format.number(count)}</span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function ByWhom({ caption, rows }: { caption: string; rows: Results["bots"] }) {
  const t = useT(surveySettingsStrings);
  if (rows.length === 0) return null;
  return (
    <section className="overflow-x-auto">
      <FiguresTable
        caption={caption}
        first={t("who")}
        rows={rows.map(({ id, name, ...figures }) => ({ key: id, name: name ?? t("gone"), ...figures }))}
      />
    </section>
  );
}

function FiguresTable({
  caption,
  first,
  rows,
  hidden = false,
}: {
  caption: string;
  first: string;
  rows: ({ key: string; name: string } & Figures)[];
  hidden?: boolean;
}) {
  const t = useT(surveySettingsStrings);
  const format = useFormat();
  const percent = (share: number | null) => (share === null ? "–" : format.percent(share));
  const score = ({ csat, nps }: Figures) => (nps === null ? percent(csat) : format.number(nps));
  return (
    <table className={hidden ? "sr-only" : "w-full text-13 tabular-nums"}>
      <caption className="pb-2 text-start text-13 font-semibold">{caption}</caption>
      <thead className="text-12 text-ink-3">
        <tr>
          {[first, t("invited"), t("answered"), t("rate"), "CSAT / NPS"].map((name) => (
            <th key={name} scope="col" className="px-2 py-1 text-start font-medium">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="border-t border-line">
            <th scope="row" className="px-2 py-1.5 text-start font-medium">
              <bdi>{row.name}</bdi>
            </th>
            <td className="px-2">{format.number(row.invited)}</td>
            <td className="px-2">{format.number(row.answered)}</td>
            <td className="px-2">{percent(row.responseRate)}</td>
            <td className="px-2">{score(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
