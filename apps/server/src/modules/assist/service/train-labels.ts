import { inTx } from "../../../platform/ctx/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { packModel } from "../../intents/index.ts";
import { labelsChanged } from "../assist.events.ts";
import { examplesOf, keepModel, trainings } from "../assist.queries.ts";
import type { LabelKind } from "../label-kinds.ts";
import { trainLabels } from "../plain/builtin-examples.ts";

/**
 * Learns what is taught of a kind now. Safe to repeat: where nothing changed since the last time, nothing happens. Of two
 * at once the one that saw the later change is kept.
 */
export async function trainTaughtLabels(
  ctx: Ctx,
  { kind, signal }: { kind: LabelKind; signal?: AbortSignal },
): Promise<void> {
  const taught = await inTx(ctx, async (ctx) => {
    const training = (await trainings(ctx)).find((training) => training.kind === kind);
    if (!training || training.trainedRevision === training.revision) return null;
    return { revision: training.revision, examples: await examplesOf(ctx, kind) };
  });
  if (!taught) return;
  const { revision, examples } = taught;
  const learnt = examples.length > 0 ? await trainLabels(kind, examples, signal) : null;
  await inTx(ctx, async (ctx) => {
    await keepModel(ctx, kind, {
      revision,
      accuracy: learnt?.accuracy ?? null,
      model: learnt && packModel(learnt.model),
    });
    await emit(ctx, labelsChanged, { kind });
  });
}
