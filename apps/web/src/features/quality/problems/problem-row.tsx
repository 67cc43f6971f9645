import { Link } from "@tanstack/react-router";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { Badge, Time } from "../../../ui/index.ts";
import { kinds, type Problem, statusTone } from "./problem-search.ts";
import { problemsStrings } from "./strings.ts";
import { Trend } from "./trend.tsx";

/** One problem: the whole row opens it. */
export function ProblemRow({ problem }: { problem: Problem }) {
  const t = useT(problemsStrings);
  return (
    <li className="relative flex items-start gap-4 px-4 py-3 first:rounded-t-panel last:rounded-b-panel focus-within:bg-surface-2 hover:bg-surface-2">
      <div className="min-w-0 grow">
        <Link
          to="/quality"
          search={(now) => ({ ...now, tab: "problems", problem: problem.id })}
          dir="auto"
          className="block text-match text-14 font-semibold break-words after:absolute after:inset-0"
        >
          {problem.question}
        </Link>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-ink-3">
          <span>{t("times", { count: problem.occurrences })}</span>
          {problem.questionCount > 1 ? <span>{t("wordings", { count: problem.questionCount })}</span> : null}
          <span dir="auto">{problem.bot.name}</span>
          <span>
            {t("lastAsked")} <Time value={problem.lastSeenAt} />
          </span>
        </p>
        <p className="mt-2 flex flex-wrap gap-1.5">
          <StatusBadges problem={problem} />
          <KindBadges problem={problem} />
        </p>
      </div>
      <Trend days={problem.trend} className="mt-1 hidden shrink-0 sm:flex" />
    </li>
  );
}

/** Where it stands: its state, how it got there, its article and its last test. */
export function StatusBadges({ problem }: { problem: Problem }) {
  const t = useT(problemsStrings);
  const format = useFormat();
  return (
    <>
      <Badge tone={statusTone[problem.status]}>{t(`status.${problem.status}`)}</Badge>
      {problem.reopenedAt ? <Badge tone="bad">{t("reopened")}</Badge> : null}
      {problem.resolvedBy === "evidence" ? <Badge tone="good">{t("byEvidence")}</Badge> : null}
      {problem.articleStatus === null || problem.articleStatus === "rejected" ? null : (
        <Badge tone="info">{t(`article.${problem.articleStatus}`)}</Badge>
      )}
      {problem.answeredShare === null || problem.resolvedBy === "evidence" ? null : (
        <Badge tone={problem.answeredShare === 1 ? "good" : "warn"}>
          {t("answered", { share: format.percent(problem.answeredShare) })}
        </Badge>
      )}
    </>
  );
}

/** What was wrong, and how often. */
export function KindBadges({ problem }: { problem: Problem }) {
  const t = useT(problemsStrings);
  const format = useFormat();
  return kinds
    .filter((kind) => problem.kinds[kind] > 0)
    .map((kind) => (
      <Badge key={kind}>
        {t(`kind.${kind}`)} <span className="tabular-nums">{format.number(problem.kinds[kind])}</span>
      </Badge>
    ));
}
