import { and, desc, eq } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import type { ProblemTest } from "../problems.schema.ts";
import { problemTests } from "../problems.tables.ts";

type TestRow = typeof problemTests.$inferSelect;

/** The latest tests of a problem. */
export async function testsOf(ctx: TxCtx, problemId: string, limit: number): Promise<ProblemTest[]> {
  const rows = await ctx.tx
    .select()
    .from(problemTests)
    .where(and(eq(problemTests.tenantId, ctx.tenantId), eq(problemTests.problemId, problemId)))
    .orderBy(desc(problemTests.createdAt), desc(problemTests.id))
    .limit(limit);
  return rows.map(toTest);
}

export function toTest({ tenantId: _tenant, requestedBy: _by, ...test }: TestRow): ProblemTest {
  return test;
}
