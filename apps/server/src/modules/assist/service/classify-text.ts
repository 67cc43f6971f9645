import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { answeringModel } from "../../models/index.ts";
import type { ClassifyInput, MessageClassification } from "../assist.schema.ts";
import { describe, judgePlainly } from "../plain/classify.ts";
import { labelModelsOf } from "./label-models.ts";
import { judgeByModel } from "./model-classify.ts";

/**
 * What a text wants, how bad it is and how its writer feels: by the tenant's model where one is connected, else by what
 * is built in and what the tenant taught. `method` says which. Not inside a transaction.
 */
export async function classifyText(
  ctx: Ctx,
  input: ClassifyInput & { signal?: AbortSignal | undefined },
): Promise<MessageClassification> {
  assertCan(ctx.actor, "read conversations");
  const { text, customerSlaTier, previousMessages, signal } = input;
  const model = await inTx(ctx, (ctx) => answeringModel(ctx, null));
  if (model.isBuiltin) return classifyPlainly(ctx, text, customerSlaTier);
  const { allowed } = await labelModelsOf(ctx);
  const judged = await judgeByModel(ctx, { model, botId: null, text, previousMessages, allowed, signal });
  if ("failure" in judged) {
    return { ...(await classifyPlainly(ctx, text, customerSlaTier)), fallbackReason: judged.failure };
  }
  return {
    ...describe(judged, text, customerSlaTier),
    modelVersion: model.name,
    method: "model",
    fallbackReason: null,
  };
}

/** The same without a connected model: costs nothing and leaves the server by no way. */
export async function classifyPlainly(
  ctx: Ctx,
  text: string,
  customerSlaTier?: string,
): Promise<MessageClassification> {
  const models = await labelModelsOf(ctx);
  return {
    ...describe(judgePlainly(models, text), text, customerSlaTier),
    modelVersion: models.version,
    method: "builtin",
    fallbackReason: null,
  };
}
