import { inTx } from "../../../platform/ctx/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { trainModel } from "../classifier/train-model.ts";
import { intentsChanged } from "../intents.events.ts";
import { intentsOf, keepModel, trainingOf } from "../intents.queries.ts";
import { packModel } from "./model-bytes.ts";

/** An intent of fewer examples teaches nothing that could be tried on another of them. */
const fewestExamples = 2;
const fewestIntents = 2;

/**
 * Learns what is taught now. Safe to repeat: where nothing changed since the last time, nothing happens. Of two at once
 * the one that saw the later change is kept.
 */
export async function trainIntents(
  ctx: Ctx,
  { botId, signal }: { botId: string; signal?: AbortSignal },
): Promise<void> {
  const taught = await inTx(ctx, async (ctx) => {
    const training = await trainingOf(ctx, botId);
    if (!training || training.trainedRevision === training.revision) return null; // or the bot was deleted
    return { revision: training.revision, rows: await intentsOf(ctx, botId) };
  });
  if (!taught) return;
  const teachable = taught.rows.filter(({ examples }) => examples.length >= fewestExamples);
  const examples = teachable.flatMap(({ id, examples }) => examples.map((text) => ({ intent: id, text })));
  const learnt = teachable.length >= fewestIntents ? await trainModel(examples, signal) : null;
  await inTx(ctx, async (ctx) => {
    await keepModel(ctx, botId, {
      revision: taught.revision,
      accuracy: learnt?.accuracy ?? null,
      model: learnt && packModel(learnt.model),
    });
    await emit(ctx, intentsChanged, { botId });
  });
}
