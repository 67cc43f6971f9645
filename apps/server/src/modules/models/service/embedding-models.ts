import type { EmbeddingModelV4 } from "@ai-sdk/provider";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { openConnection, usableConnections } from "../models.queries.ts";
import { nameOf, ownName } from "./model-names.ts";

export interface ChosenEmbeddingModel {
  model: EmbeddingModelV4;
  /** `provider:model`, as a vector space keeps it. */
  name: string;
  isBuiltin: boolean;
  /** It runs on this machine: nobody is paid for it. */
  isFree: boolean;
}

/**
 * The model of a vector space. A provider's is asked for under the name that the space has, by the tenant's
 * connection of today: vectors made before the connection's model was changed are still searched. Throws
 * UNAVAILABLE when there is no such connection, or its key cannot be read. Called in a transaction; the
 * model is asked outside it.
 */
export async function embeddingModel(ctx: TxCtx, name: string): Promise<ChosenEmbeddingModel> {
  const { embedding } = ctx.ports.models.builtin;
  if (name.startsWith("builtin")) {
    return { model: embedding, name: ownName(embedding), isBuiltin: true, isFree: true };
  }
  if (isLocalModel(name)) return localModel(ctx, name);
  const [provider = "", ...rest] = name.split(":");
  const rows = await usableConnections(ctx, "embedding");
  const row = rows.find((candidate) => candidate.provider === provider);
  if (!row) {
    throw new AppError(
      "UNAVAILABLE",
      `The embedding model ${name} has no connection any more. Connect it again, or choose another model.`,
    );
  }
  const connection = openConnection(ctx, row);
  if (!connection) {
    const text = `The key of the embedding model ${name} cannot be read. Enter it again in the settings.`;
    throw new AppError("UNAVAILABLE", text);
  }
  const model = ctx.ports.models.connectEmbedding({ ...connection, model: rest.join(":") });
  return { model, name, isBuiltin: false, isFree: false };
}

const localPrefix = "local:";

/** True for the name of a model whose files are on this machine. */
export function isLocalModel(name: string): boolean {
  return name.startsWith(localPrefix);
}

function localModel(ctx: Pick<Ctx, "ports">, name: string): ChosenEmbeddingModel {
  const model = ctx.ports.models.local.find((local) => ownName(local) === name);
  if (model) return { model, name, isBuiltin: false, isFree: true };
  throw new AppError(
    "UNAVAILABLE",
    `The embedding model ${name} is not in LOCAL_MODELS_DIR any more. Put its folder back, or choose another model.`,
  );
}

export interface EmbeddingChoice {
  /** `provider:model` */
  name: string;
  dimensions: number;
}

/** The embedding models that the tenant connected, in the order in which it did, and those of this machine. */
export async function embeddingChoices(ctx: TxCtx): Promise<EmbeddingChoice[]> {
  const rows = await usableConnections(ctx, "embedding");
  return [
    ...rows.flatMap(({ provider, model, dimensions }) =>
      dimensions === null ? [] : [{ name: nameOf(provider, model), dimensions }],
    ),
    ...ctx.ports.models.local.map((model) => ({ name: ownName(model), dimensions: model.dimensions })),
  ];
}
