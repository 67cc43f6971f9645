import { ByteLru } from "../../../platform/cache/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { type IntentModel, unpackModel } from "../../intents/index.ts";
import { modelBytesOf, taughtLabels, trainings } from "../assist.queries.ts";
import type { LabelKind } from "../label-kinds.ts";
import { builtinIntentModel } from "../plain/builtin-examples.ts";
import { builtinIntents, generalIntent } from "../plain/intents.ts";

/** Bytes of models that are kept ready, of each database. */
const memory = 64 << 20;
const ready = new WeakMap<Db, ByteLru<IntentModel>>();

/** What there is to tell a text by. */
export interface LabelModels {
  intent: IntentModel;
  /** Null where the tenant teaches none: rules tell them. */
  severity: IntentModel | null;
  sentiment: IntentModel | null;
  /** The intents that may be told: the built-in ones and those that are taught now. */
  allowed: ReadonlySet<string>;
  /** Which built-in model, and what of the tenant's it learnt. */
  version: string;
}

const builtinVersion = "builtin-1";

/** The models that were learnt last, the built-in ones where nothing was. */
export async function labelModelsOf(ctx: Ctx): Promise<LabelModels> {
  const cache = ready.get(ctx.db) ?? new ByteLru<IntentModel>(memory);
  ready.set(ctx.db, cache);
  const { known, labels } = await inTx(ctx, async (ctx) => {
    const known = new Map<LabelKind, { key: string; revision: number; packed: Buffer | null }>();
    const taught = await trainings(ctx);
    for (const { kind, trainedRevision, isLearnt } of taught) {
      if (!isLearnt || trainedRevision === null) continue;
      const key = `${ctx.tenantId} ${kind} ${trainedRevision}`;
      const packed = cache.get(key) ? null : await modelBytesOf(ctx, kind);
      known.set(kind, { key, revision: trainedRevision, packed });
    }
    const isTaught = taught.some(({ kind }) => kind === "intent"); // most tenants teach none
    return { known, labels: isTaught ? await taughtLabels(ctx, "intent") : [] };
  });
  const modelOf = (kind: LabelKind): IntentModel | null => {
    const found = known.get(kind);
    if (!found) return null;
    const kept = cache.get(found.key);
    if (kept || !found.packed) return kept ?? null;
    const model = unpackModel(found.packed);
    const weights = model.weights.reduce((sum, { byteLength }) => sum + byteLength, 0);
    cache.set(found.key, model, weights + model.vocabulary.numbers.size * 60);
    return model;
  };
  const learnt = [...known].map(([kind, { revision }]) => `${kind}-${revision}`);
  return {
    intent: modelOf("intent") ?? (await builtinIntentModel()),
    severity: modelOf("severity"),
    sentiment: modelOf("sentiment"),
    allowed: new Set([...Object.keys(builtinIntents), generalIntent, ...labels.map(({ label }) => label)]),
    version: [builtinVersion, ...learnt.sort()].join("+"),
  };
}
