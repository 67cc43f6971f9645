import type { EmbeddingModelV4, LanguageModelV4 } from "@ai-sdk/provider";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { connectionRows, openConnection } from "../models.queries.ts";
import type { Provider, Purpose } from "../models.schema.ts";

export interface AnsweringModel {
  model: LanguageModelV4;
  /** `provider:model` */
  name: string;
  isBuiltin: boolean;
}

/**
 * The model that answers for a bot: the connection that the bot names; for null the tenant's only one, or
 * the server's own, or the built-in extractive one; for `builtin` always that. Called in a transaction;
 * the model is asked outside it.
 */
export async function answeringModel(ctx: TxCtx, provider: string | null): Promise<AnsweringModel> {
  if (provider === "builtin") return builtinModel(ctx);
  const rows = await connectionRows(ctx, "answering");
  const only = rows.length === 1 ? rows[0] : undefined;
  const row = provider === null ? only : rows.find((candidate) => candidate.provider === provider);
  if (row) {
    const connection = openConnection(ctx, row);
    if (connection) {
      const name = nameOf(row.provider, row.model);
      return { model: ctx.ports.models.connect(connection), name, isBuiltin: false };
    }
    // a key that does not open, after the server's secret was lost, must not silence the bot
    ctx.log.error({ provider: row.provider }, "a model's key cannot be read; the documents are quoted");
    return builtinModel(ctx);
  }
  const { server } = ctx.ports.models;
  return server ? { model: server, name: ownName(server), isBuiltin: false } : builtinModel(ctx);
}

export function builtinModel(ctx: Pick<Ctx, "ports">): AnsweringModel {
  const { language } = ctx.ports.models.builtin;
  return { model: language, name: ownName(language), isBuiltin: true };
}

export interface ChosenEmbeddingModel {
  model: EmbeddingModelV4;
  /** `provider:model`, as a vector space keeps it. */
  name: string;
  isBuiltin: boolean;
}

/**
 * The model of a vector space. A provider's is asked for under the name that the space has, by the tenant's
 * connection of today: vectors made before the connection's model was changed are still searched. Throws
 * UNAVAILABLE when there is no such connection, or its key cannot be read. Called in a transaction; the
 * model is asked outside it.
 */
export async function embeddingModel(ctx: TxCtx, name: string): Promise<ChosenEmbeddingModel> {
  const { embedding } = ctx.ports.models.builtin;
  if (name.startsWith("builtin")) return { model: embedding, name: ownName(embedding), isBuiltin: true };
  const [provider = "", ...rest] = name.split(":");
  const rows = await connectionRows(ctx, "embedding");
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
  return { model, name, isBuiltin: false };
}

export interface EmbeddingConnection {
  /** `provider:model` */
  name: string;
  provider: Provider;
  model: string;
  dimensions: number;
}

/** The embedding models that the tenant connected, in the order in which it did. */
export async function embeddingConnections(ctx: TxCtx): Promise<EmbeddingConnection[]> {
  const rows = await connectionRows(ctx, "embedding");
  return rows.flatMap(({ provider, model, dimensions }) =>
    dimensions === null ? [] : [{ name: nameOf(provider, model), provider, model, dimensions }],
  );
}

/** The names of all models that the tenant's bots and documents may use now, the server's own among them. */
export async function connectedModels(ctx: TxCtx): Promise<{ model: string; purpose: Purpose }[]> {
  const rows = await connectionRows(ctx);
  const { server } = ctx.ports.models;
  return [
    ...rows.map(({ provider, model, purpose }) => ({ model: nameOf(provider, model), purpose })),
    ...(server ? [{ model: ownName(server), purpose: "answering" as const }] : []),
  ];
}

/** By the connection's words: libraries name the same provider differently for each of its APIs. */
function nameOf(provider: Provider, model: string): string {
  return `${provider}:${model}`;
}

function ownName({ provider, modelId }: Pick<LanguageModelV4, "provider" | "modelId">): string {
  return `${provider.split(".")[0]}:${modelId}`;
}
