import { sql } from "drizzle-orm";
import { systemClock } from "../../../platform/clock/index.ts";
import { type InTransaction, inTx } from "../../../platform/ctx/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Queue } from "../../../platform/jobs/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { createIndex } from "../index.ts";

/** What the index's verbs need of a context, with the jobs that they asked for. */
export interface IndexTestContext extends Pick<TxCtx, "db" | "tenantId" | "jobs" | "now"> {
  enqueued: { queue: string; data: object }[];
}

/** A tenant of its own on `db`. Jobs are written down, not run: tests call the handler when they want it. */
export async function testTenant(db: Db): Promise<IndexTestContext> {
  const tenantId = newId();
  await db
    .system()
    .execute(sql`insert into tenants (id, name, slug) values (${tenantId}, 'Test', ${tenantId})`);
  const enqueued: IndexTestContext["enqueued"] = [];
  const refuse = () => Promise.reject(new Error("This test runs no jobs."));
  const jobs = {
    enqueue: async <Data extends object>(queue: Queue<Data>, data: Data) => {
      enqueued.push({ queue: queue.name, data: queue.schema.parse(data) });
    },
    enqueueAlone: refuse,
    enqueueNamed: refuse,
    forget: refuse,
    work: refuse,
    schedule: refuse,
    check: refuse,
    stop: refuse,
  };
  return { db, tenantId, jobs, enqueued, now: systemClock };
}

/** A new knowledge base with an empty index. */
export async function testKnowledgeBase(
  ctx: IndexTestContext,
  model: string,
  dimensions: number,
  knowledgeBaseId: string = newId(),
): Promise<string> {
  await inTx(ctx, async (tx: InTransaction<IndexTestContext>) => {
    await tx.tx.execute(
      sql`insert into knowledge_bases (tenant_id, id, name) values (${ctx.tenantId}, ${knowledgeBaseId}, 'Test')`,
    );
    await createIndex(tx, { knowledgeBaseId, model, dimensions });
  });
  return knowledgeBaseId;
}
