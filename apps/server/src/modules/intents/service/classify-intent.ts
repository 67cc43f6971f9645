import { ByteLru } from "../../../platform/cache/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { classify, type IntentModel } from "../classifier/classifier.ts";
import { intentsOf, modelBytesOf, trainingOf } from "../intents.queries.ts";
import type { IntentClassification } from "../intents.schema.ts";
import { unpackModel } from "./model-bytes.ts";

/** Bytes of models that are kept ready, of each database. */
const memory = 64 << 20;
const models = new WeakMap<Db, ByteLru<IntentModel>>();
const shownOfRanking = 5;

/**
 * What a text wants, by the intents that the bot learnt last; null where it was taught none. An intent that was deleted
 * since is not told any more. NOT_FOUND for another tenant's bot.
 */
export async function classifyIntent(
  ctx: Ctx,
  { botId, text }: { botId: string; text: string },
): Promise<IntentClassification | null> {
  const known = await inTx(ctx, async (ctx) => {
    await findBot(ctx, botId);
    const training = await trainingOf(ctx, botId);
    if (!training?.isLearnt) return null;
    const key = `${ctx.tenantId} ${botId} ${training.trainedRevision}`;
    const ready = models.get(ctx.db)?.get(key);
    const packed = ready ? null : await modelBytesOf(ctx, botId);
    const names = new Map((await intentsOf(ctx, botId)).map(({ id, name }) => [id, name]));
    return { key, ready, packed, names };
  });
  if (!known) return null;
  const model = known.ready ?? (known.packed && unpack(ctx.db, known.key, known.packed));
  if (!model) return null;
  const { ranking, isInScope } = classify(model, text);
  const named = ranking.flatMap(({ intent: id, score }) => {
    const name = known.names.get(id);
    return name === undefined ? [] : [{ id, name, score }];
  });
  const [best] = named;
  const isTold = isInScope && best !== undefined && best.score >= model.leastScore;
  return {
    intent: isTold ? { id: best.id, name: best.name } : null,
    ranking: named.slice(0, shownOfRanking),
  };
}

function unpack(db: Db, key: string, packed: Buffer): IntentModel {
  const model = unpackModel(packed);
  const cache = models.get(db) ?? new ByteLru<IntentModel>(memory);
  models.set(db, cache);
  const weights = model.weights.reduce((sum, { byteLength }) => sum + byteLength, 0);
  cache.set(key, model, weights + model.vocabulary.numbers.size * 60);
  return model;
}
