import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { detectLanguage } from "../../../platform/text/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { sentiments, severities } from "../../conversations/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { labelsChanged } from "../assist.events.ts";
import { trainLabelsQueue } from "../assist.jobs.ts";
import { findExample, pageOfExamples, raiseRevision, taughtLabels, trainings } from "../assist.queries.ts";
import {
  type LabelExample,
  type LabelList,
  type labelListInput,
  mostExamples,
  mostIntentLabels,
  type NewExample,
} from "../assist.schema.ts";
import { labelExamples } from "../assist.tables.ts";
import type { LabelKind } from "../label-kinds.ts";
import { builtinIntents } from "../plain/intents.ts";

/** A page of the examples of a kind, its labels, and how far they are learnt. */
export async function listLabels(ctx: Ctx, input: z.output<typeof labelListInput>): Promise<LabelList> {
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, async (ctx) => {
    const { rows, total } = await pageOfExamples(ctx, input);
    const training = (await trainings(ctx)).find(({ kind }) => kind === input.kind);
    const isBehind = training !== undefined && training.trainedRevision !== training.revision;
    return {
      items: rows.map(shown),
      meta: { page: input.page, totalPages: Math.max(1, Math.ceil(total / input.pageSize)), total },
      labels: labelsOf(input.kind, await taughtLabels(ctx, input.kind)),
      training: {
        state: isBehind ? "training" : training?.isLearnt ? "trained" : "builtin",
        accuracy: training?.accuracy ?? null,
        trainedAt: training?.trainedAt ?? null,
      },
    };
  });
}

/**
 * Teaches one example; it is learnt a moment later. The same text with the same label again changes nothing; with another
 * label it takes the place of the first. VALIDATION_ERROR past what is learnt in seconds.
 */
export async function addExample(ctx: Ctx, example: NewExample): Promise<LabelExample> {
  assertCan(ctx.actor, "manage bots");
  const { kind, label, text } = example;
  return inTx(ctx, async (ctx) => {
    await changed(ctx, kind);
    const [before] = await ctx.tx
      .select()
      .from(labelExamples)
      .where(
        and(
          eq(labelExamples.tenantId, ctx.tenantId),
          eq(labelExamples.kind, kind),
          eq(labelExamples.text, text),
        ),
      );
    await assertFits(ctx, example, before ? 0 : 1);
    if (before) await remove(ctx, before.id);
    const [row] = await ctx.tx
      .insert(labelExamples)
      .values({
        tenantId: ctx.tenantId,
        id: before?.id ?? newId(),
        kind,
        label,
        text,
        language: detectLanguage(text),
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        createdAt: ctx.now(),
      })
      .returning();
    if (!row) throw new Error("An example was not inserted.");
    await recordAudit(ctx, {
      action: "label-example.added",
      subjectType: "label_example",
      subjectId: row.id,
      ...(before ? { before: { label: before.label } } : {}),
      after: { kind, label },
    });
    return shown(row);
  });
}

/** Forgets an example. NOT_FOUND for one that is not there. */
export async function deleteExample(ctx: Ctx, { id }: { id: string }): Promise<void> {
  assertCan(ctx.actor, "manage bots");
  await inTx(ctx, async (ctx) => {
    const { kind, label } = await findExample(ctx, id);
    await changed(ctx, kind);
    await remove(ctx, id);
    await recordAudit(ctx, {
      action: "label-example.deleted",
      subjectType: "label_example",
      subjectId: id,
      before: { kind, label },
    });
  });
}

async function remove(ctx: TxCtx, id: string): Promise<void> {
  await ctx.tx
    .delete(labelExamples)
    .where(and(eq(labelExamples.tenantId, ctx.tenantId), eq(labelExamples.id, id)));
}

/** First in the transaction of every change: whoever changes the same kind waits here. */
async function changed(ctx: TxCtx, kind: LabelKind): Promise<void> {
  await raiseRevision(ctx, kind);
  await ctx.jobs.enqueue(trainLabelsQueue, { tenantId: ctx.tenantId, kind });
  await emit(ctx, labelsChanged, { kind });
}

async function assertFits(ctx: TxCtx, { kind, label }: NewExample, added: number): Promise<void> {
  const taught = await taughtLabels(ctx, kind);
  const examples = taught.reduce((sum, { examples }) => sum + examples, added);
  if (examples > mostExamples) {
    throw new AppError("VALIDATION_ERROR", `At most ${mostExamples} examples teach one kind of label.`);
  }
  const isNew = !taught.some((known) => known.label === label);
  if (kind === "intent" && isNew && taught.length >= mostIntentLabels) {
    throw new AppError("VALIDATION_ERROR", `At most ${mostIntentLabels} intents can be taught.`);
  }
}

function labelsOf(kind: LabelKind, taught: { label: string; examples: number }[]): LabelList["labels"] {
  const own: Record<LabelKind, string[]> = {
    intent: Object.keys(builtinIntents),
    severity: [...severities],
    sentiment: [...sentiments],
  };
  const counts = new Map(taught.map(({ label, examples }) => [label, examples]));
  return [
    ...own[kind].map((label) => ({ label, isBuiltin: true, examples: counts.get(label) ?? 0 })),
    ...taught
      .filter(({ label }) => !own[kind].includes(label))
      .map((taught) => ({ ...taught, isBuiltin: false })),
  ];
}

function shown({
  id,
  kind,
  label,
  text,
  language,
  createdAt,
}: typeof labelExamples.$inferSelect): LabelExample {
  return { id, kind, label, text, language, createdAt };
}
