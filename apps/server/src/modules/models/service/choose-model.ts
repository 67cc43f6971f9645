import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { openConnection, usableConnections } from "../models.queries.ts";
import type { Purpose } from "../models.schema.ts";
import { nameOf, ownName } from "./model-names.ts";

export interface AnsweringModel {
  model: LanguageModelV4;
  /** `provider:model` */
  name: string;
  isBuiltin: boolean;
}

/**
 * The model that answers for a bot: the connection that the bot names; for null the tenant's only one, or
 * the server's own, or the built-in extractive one; for `builtin` always that. `model` asks another one of the
 * same connection. Called in a transaction; the model is asked outside it.
 */
export async function answeringModel(
  ctx: TxCtx,
  provider: string | null,
  model?: string,
): Promise<AnsweringModel> {
  if (provider === "builtin") return builtinModel(ctx);
  const rows = await usableConnections(ctx, "answering");
  const only = rows.length === 1 ? rows[0] : undefined;
  const row = provider === null ? only : rows.find((candidate) => candidate.provider === provider);
  if (row) {
    const opened = openConnection(ctx, row);
    if (opened) {
      const connection = { ...opened, model: model ?? opened.model };
      const name = nameOf(row.provider, connection.model);
      return { model: ctx.ports.models.connect(connection), name, isBuiltin: false };
    }
    // a key that does not open, after the server's secret was lost, must not silence the bot
    ctx.log.error({ provider: row.provider }, "a model's key cannot be read; the documents are quoted");
    return builtinModel(ctx);
  }
  const { server } = ctx.ports.models;
  return server ? { model: server, name: ownName(server), isBuiltin: false } : builtinModel(ctx);
}

/** Whether the tenant has a connection of the provider by which bots may answer. */
export async function isConnected(ctx: TxCtx, provider: string): Promise<boolean> {
  return (await usableConnections(ctx, "answering")).some((row) => row.provider === provider);
}

export function builtinModel(ctx: Pick<Ctx, "ports">): AnsweringModel {
  const { language } = ctx.ports.models.builtin;
  return { model: language, name: ownName(language), isBuiltin: true };
}

/** The names of all models that the tenant's bots and documents may use now, the server's own among them. */
export async function connectedModels(ctx: TxCtx): Promise<{ model: string; purpose: Purpose }[]> {
  const rows = await usableConnections(ctx);
  const { server } = ctx.ports.models;
  return [
    ...rows.map(({ provider, model, purpose }) => ({ model: nameOf(provider, model), purpose })),
    ...(server ? [{ model: ownName(server), purpose: "answering" as const }] : []),
  ];
}
