import { and, desc, eq, inArray } from "drizzle-orm";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import type { Grouped } from "../clustering/group-questions.ts";
import { type QuestionRow, withArticles } from "../problems.queries.ts";
import { problemQuestions, problems } from "../problems.tables.ts";
import { toQuestion } from "./place-question.ts";
import { recount } from "./recount.ts";

/** So many of a bot's wordings, the latest asked, are grouped anew. */
export const mostGrouped = 1_000;

export interface Regrouped extends Grouped {
  problemId: string;
}

export async function questionsToGroup(ctx: TxCtx, botId: string): Promise<QuestionRow[]> {
  return ctx.tx
    .select()
    .from(problemQuestions)
    .where(and(eq(problemQuestions.tenantId, ctx.tenantId), eq(problemQuestions.botId, botId)))
    .orderBy(desc(problemQuestions.lastSeenAt), desc(problemQuestions.id))
    .limit(mostGrouped);
}

/**
 * A bot's questions, those of its greatest problems first. What a person placed stays, and so do all questions of a
 * problem that somebody worked on: one with an article, or in another state than open.
 */
export async function readForGrouping(ctx: TxCtx, botId: string): Promise<Regrouped[]> {
  const rows = await questionsToGroup(ctx, botId);
  const ids = [...new Set(rows.map(({ problemId }) => problemId))];
  const found =
    ids.length === 0
      ? []
      : await ctx.tx
          .select({ id: problems.id, status: problems.status, occurrences: problems.occurrences })
          .from(problems)
          .where(and(eq(problems.tenantId, ctx.tenantId), inArray(problems.id, ids)));
  const worked = await withArticles(ctx, ids);
  const byId = new Map(found.map((problem) => [problem.id, problem]));
  const isFixed = (row: QuestionRow) =>
    row.isPlaced || worked.has(row.problemId) || byId.get(row.problemId)?.status !== "open";
  return rows
    .toSorted(
      (a, b) =>
        (byId.get(b.problemId)?.occurrences ?? 0) - (byId.get(a.problemId)?.occurrences ?? 0) ||
        a.problemId.localeCompare(b.problemId) ||
        a.id.localeCompare(b.id),
    )
    .map((row) => ({
      ...toQuestion(row),
      problemId: row.problemId,
      fixedIn: isFixed(row) ? row.problemId : null,
    }));
}

/**
 * Makes the groups problems. A new group goes on as the problem that most of its questions were in, so that what was
 * seen stays; the others begin. What changed since it was read keeps its place.
 */
export async function applyGroups(
  ctx: TxCtx,
  {
    botId,
    read,
    groups,
  }: { botId: string; read: readonly Regrouped[]; groups: ReadonlyMap<string, readonly string[]> },
): Promise<void> {
  await findBot(ctx, botId, { lock: true });
  const now = new Map((await questionsToGroup(ctx, botId)).map((row) => [row.id, row]));
  const before = new Map(read.map((question) => [question.id, question]));
  const fixed = new Set(read.flatMap(({ fixedIn }) => fixedIn ?? []));
  const taken = new Set(fixed);
  const touched = new Set<string>();
  const largestFirst = [...groups].toSorted(([, a], [, b]) => b.length - a.length);
  for (const [name, members] of largestFirst) {
    const movable = members.filter((id) => {
      const [row, was] = [now.get(id), before.get(id)];
      return row && was?.fixedIn === null && !row.isPlaced && row.problemId === was.problemId;
    });
    const [first] = movable;
    if (first === undefined) continue;
    const problemId = fixed.has(name)
      ? name
      : (mostCommon(movable, before, taken) ?? (await begin(ctx, botId)));
    taken.add(problemId);
    const moving = movable.filter((id) => before.get(id)?.problemId !== problemId);
    if (moving.length === 0) continue;
    await ctx.tx
      .update(problemQuestions)
      .set({ problemId })
      .where(and(eq(problemQuestions.tenantId, ctx.tenantId), inArray(problemQuestions.id, moving)));
    touched.add(problemId);
    for (const id of moving) touched.add(before.get(id)?.problemId ?? problemId);
  }
  for (const problemId of touched) await recount(ctx, problemId);
}

/** The problem that most of the questions were in, if no other group has it. */
function mostCommon(
  ids: readonly string[],
  before: ReadonlyMap<string, Regrouped>,
  taken: ReadonlySet<string>,
): string | null {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const problemId = before.get(id)?.problemId;
    if (problemId && !taken.has(problemId)) counts.set(problemId, (counts.get(problemId) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b));
  return most?.[0] ?? null;
}

async function begin(ctx: TxCtx, botId: string): Promise<string> {
  const id = newId();
  const at = ctx.now();
  await ctx.tx.insert(problems).values({
    tenantId: ctx.tenantId,
    id,
    botId,
    question: "", // its recount says which
    status: "open",
    createdAt: at,
    updatedAt: at,
  });
  return id;
}
