import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { type JudgedEvidence, judgeEvidence } from "../../answers/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { assertKnowledgeBase } from "../../knowledge/index.ts";
import type { Evaluation, QuestionInput } from "../crag.schema.ts";
import { cragEvaluations } from "../crag.tables.ts";
import type { EvidencePassage } from "../crag.types.ts";
import { placeOf } from "./scope.ts";

/** Characters of a passage that are kept: enough to know it again; the text stands in the document. */
const excerptLength = 300;

/**
 * Weighs the evidence for a question as an answer would: searches, grades, and searches once more where the evidence is
 * ambiguous. The outcome is kept.
 */
export async function evaluateQuestion(
  ctx: Ctx,
  input: QuestionInput & { signal: AbortSignal },
): Promise<Evaluation> {
  assertCan(ctx.actor, "manage knowledge");
  const place = await placeOf(ctx, input);
  const { question, signal } = input;
  const judged = await judgeEvidence(ctx, { ...place, question, signal });
  return inTx(ctx, (ctx) => keep(ctx, input, place.knowledgeBaseId, judged));
}

async function keep(
  ctx: TxCtx,
  { botId = undefined, question }: QuestionInput,
  knowledgeBaseId: string,
  { language, graded, first, refined, found, ms }: JudgedEvidence,
): Promise<Evaluation> {
  await assertKnowledgeBase(ctx, { knowledgeBaseId }); // its bot may have been deleted while this searched
  const { verdict, confidence, missingTerms } = graded;
  const evaluation = {
    id: newId(),
    botId: botId ?? null,
    knowledgeBaseId,
    question,
    language,
    verdict,
    confidence,
    missingTerms,
    evidence: found.passages.map(toEvidence),
    ms,
    createdAt: ctx.now(),
  };
  await ctx.tx.insert(cragEvaluations).values({
    ...evaluation,
    tenantId: ctx.tenantId,
    refinement: refined === null ? "none" : refined.isBetter ? "helped" : "no_help",
    refinedQuery: refined?.query ?? null,
    firstConfidence: first.confidence,
    createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
  });
  await recordAudit(ctx, {
    action: "crag.evaluated",
    subjectType: "crag_evaluation",
    subjectId: evaluation.id,
    after: { verdict, confidence },
  });
  const refinement = refined && {
    query: refined.query,
    confidenceBefore: first.confidence,
    helped: refined.isBetter,
  };
  return { ...evaluation, refinement };
}

function toEvidence({
  ordinal: _ordinal,
  language: _language,
  text,
  ...place
}: JudgedEvidence["found"]["passages"][number]): EvidencePassage {
  return { ...place, excerpt: text.slice(0, excerptLength).toWellFormed() };
}
