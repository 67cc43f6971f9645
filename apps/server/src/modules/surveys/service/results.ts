import { paginate } from "../../../faces/pagination.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { allBots } from "../../bots/index.ts";
import { assertCan, namesOf } from "../../identity/index.ts";
import * as queries from "../results.queries.ts";
import type { Results, ResultsInput, SurveyFigures } from "../results.schema.ts";
import { findSurvey } from "../surveys.queries.ts";
import type { Question, SurveyKind } from "../surveys.types.ts";
import { rangeOf } from "./score.ts";

/** What came of a survey: of those who were asked in the period, whenever they answered. */
export async function readResults(ctx: Ctx, input: ResultsInput): Promise<Results> {
  assertCan(ctx.actor, "read surveys");
  return inTx(ctx, async (ctx) => {
    const { kind, questions } = await findSurvey(ctx, input.surveyId);
    const total = (await queries.totals(ctx, input)) ?? nobody;
    const days = await queries.byDay(ctx, input);
    const bots = await queries.bySomebody(ctx, input, "botId");
    const agents = await queries.bySomebody(ctx, input, "agentId");
    const botNames = new Map((await allBots(ctx)).map(({ id, name }) => [id, name]));
    const agentNames = await namesOf(
      ctx,
      agents.map(({ id }) => id),
    );
    const counts = await queries.answerCounts(ctx, input);
    const comments = await queries.pageOfComments(ctx, input);
    const items = comments.rows.map(({ answers, ...row }) => ({ ...row, words: wordsOf(answers) }));
    return {
      kind,
      figures: { ...figuresOf(kind, total), opened: total.opened, dismissed: total.dismissed },
      questions: questions.map((question) => ({ question, ...distributionOf(question, counts) })),
      days: days.map((day) => ({ date: day.date, ...figuresOf(kind, day) })),
      bots: bots.map((bot) => ({
        id: bot.id,
        name: botNames.get(bot.id) ?? null,
        ...figuresOf(kind, bot),
      })),
      agents: agents.map((agent) => ({
        id: agent.id,
        name: agentNames.get(agent.id) ?? null,
        ...figuresOf(kind, agent),
      })),
      comments: paginate("/trpc/surveys.results", input, items, comments.total),
    };
  });
}

const nobody: queries.Sums = {
  invited: 0,
  answered: 0,
  opened: 0,
  dismissed: 0,
  scored: 0,
  sum: 0,
  satisfied: 0,
  promoters: 0,
  detractors: 0,
};

/** CSAT is the share of those who gave 4 or 5; NPS the promoters' share minus the detractors', in points. */
export function figuresOf(kind: SurveyKind, sums: queries.Sums): SurveyFigures {
  const { invited, answered, scored, sum, satisfied, promoters, detractors } = sums;
  return {
    invited,
    answered,
    responseRate: share(answered, invited),
    averageScore: share(sum, scored),
    csat: kind === "csat" ? share(satisfied, scored) : null,
    nps: kind === "nps" && scored > 0 ? Math.round(((promoters - detractors) / scored) * 100) : null,
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Every number that the question can be answered by, also those that nobody gave. */
function distributionOf(
  question: Question,
  counts: readonly { key: string; value: number | null; count: number }[],
) {
  const own = counts.filter(({ key }) => key === question.key);
  const range = rangeOf(question);
  if (!range) return { answered: own.find(({ value }) => value === null)?.count ?? 0, counts: [] };
  const [least, most] = range;
  const each = Array.from({ length: most - least + 1 }, (_, at) => {
    const value = least + at;
    return { value, count: own.find((one) => one.value === value)?.count ?? 0 };
  });
  return { answered: each.reduce((sum, { count }) => sum + count, 0), counts: each };
}

function wordsOf(answers: Record<string, number | string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );
}
