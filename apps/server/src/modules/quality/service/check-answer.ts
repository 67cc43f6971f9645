import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { shareSupported, sourcesOfAnswer, verifyAnswer } from "../../answers/index.ts";
import { assertCan } from "../../identity/index.ts";
import type { Check, CheckInput } from "../quality.schema.ts";

/**
 * Checks an answer against its sources, claim by claim: one that was given, against the passages that it had, or
 * any text. Nothing changes by it: what the answer was judged by at its time stays.
 */
export async function checkAnswer(ctx: Ctx, input: CheckInput): Promise<Check> {
  assertCan(ctx.actor, "read conversations");
  const { answer, passages, missing } = await whatToCheck(ctx, input);
  const at = performance.now();
  const { claims } = verifyAnswer({
    answer,
    passages,
    ...(input.language ? { language: input.language } : {}),
  });
  const ms = performance.now() - at;
  const { checkedClaims, supportedClaims, supportedShare } = shareSupported(claims);
  return {
    answerId: input.answerId ?? null,
    answer,
    claims: claims.map(({ isContradicted: _contradicted, judgedBy: _judge, ...claim }) => claim),
    checkedClaims,
    supportedClaims,
    supportedShare,
    isHallucinated: supportedClaims < checkedClaims,
    missingSources: missing,
    ms,
  };
}

async function whatToCheck(ctx: Ctx, { answerId, answer, sources }: CheckInput) {
  if (answerId !== undefined && answer === undefined && sources === undefined) {
    return inTx(ctx, (ctx) => sourcesOfAnswer(ctx, answerId));
  }
  if (answerId === undefined && answer !== undefined && sources !== undefined) {
    const passages = sources.map(({ text, title = "" }, at) => ({ number: at + 1, text, title }));
    return { answer, passages, missing: [] };
  }
  const message = "Give either answerId, or answer with its sources.";
  throw new AppError("VALIDATION_ERROR", message, { details: { fields: [{ path: "answerId", message }] } });
}
