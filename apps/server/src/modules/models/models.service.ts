import type { LanguageModelV4 } from "@ai-sdk/provider";
import { APICallError, generateText } from "ai";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../platform/ctx/index.ts";
import { AppError, isAppError } from "../../platform/errors/index.ts";
import type { Ctx, ModelConnection, TxCtx } from "../../ports/index.ts";
import { assertCan, recordAudit } from "../identity/index.ts";
import type { ConnectionOutput, connectionInputSchema } from "./models.schema.ts";
import { modelConnections, modelProviders } from "./models.tables.ts";

type Row = typeof modelConnections.$inferSelect;
type Provider = Row["provider"];

const sealPurpose = "model-key";
const defaultModels: Record<Provider, string> = {
  openai: "gpt-4o-mini",
  anthropic: "claude-sonnet-4-5",
  grok: "grok-4",
  ollama: "llama3.2",
};

/**
 * Keeps a model connection after a real call went through with it. Throws API_KEY_INVALID when the
 * provider refuses, UPSTREAM_FAILED when it cannot be reached; nothing is kept then.
 */
export async function setConnection(
  ctx: Ctx,
  input: z.infer<typeof connectionInputSchema>,
): Promise<ConnectionOutput> {
  assertCan(ctx.actor, "manage models");
  const connection: ModelConnection = {
    provider: input.provider,
    baseUrl: input.baseUrl ?? null,
    model: input.model ?? defaultModels[input.provider],
    apiKey: input.apiKey,
  };
  await test(ctx.ports.models.connect(connection), ctx.ports.models.testLimit);
  const at = ctx.now();
  const columns = {
    baseUrl: connection.baseUrl,
    model: connection.model,
    sealedKey: ctx.vault.seal(ctx.tenantId, sealPurpose, connection.apiKey),
    lastTestedAt: at,
    statusMessage: "The model answered a test question.",
    updatedAt: at,
  };
  return inTx(ctx, async (ctx) => {
    const [row] = await ctx.tx
      .insert(modelConnections)
      .values({ tenantId: ctx.tenantId, provider: input.provider, createdAt: at, ...columns })
      .onConflictDoUpdate({
        target: [modelConnections.tenantId, modelConnections.provider],
        set: columns,
      })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The connection was not written.");
    await recordAudit(ctx, {
      action: "model.connected",
      subjectType: "model",
      subjectId: input.provider,
      after: { baseUrl: connection.baseUrl, model: connection.model },
    });
    return describe(input.provider, row);
  });
}

export async function removeConnection(ctx: Ctx, input: { provider: Provider }): Promise<void> {
  assertCan(ctx.actor, "manage models");
  await inTx(ctx, async (ctx) => {
    const removed = await ctx.tx
      .delete(modelConnections)
      .where(and(eq(modelConnections.tenantId, ctx.tenantId), eq(modelConnections.provider, input.provider)))
      .returning();
    if (removed.length === 0) return;
    await recordAudit(ctx, {
      action: "model.disconnected",
      subjectType: "model",
      subjectId: input.provider,
    });
  });
}

/** Every provider, connected or not. Keys are never among it. */
export async function listConnections(ctx: Ctx): Promise<ConnectionOutput[]> {
  assertCan(ctx.actor, "read bots");
  const rows = await inTx(ctx, (ctx) =>
    ctx.tx.select().from(modelConnections).where(eq(modelConnections.tenantId, ctx.tenantId)),
  );
  return modelProviders.map((provider) =>
    describe(
      provider,
      rows.find((row) => row.provider === provider),
    ),
  );
}

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
  const rows = await ctx.tx
    .select()
    .from(modelConnections)
    .where(eq(modelConnections.tenantId, ctx.tenantId));
  const row = provider === null ? onlyOf(rows) : rows.find((candidate) => candidate.provider === provider);
  if (row) {
    try {
      return named(ctx.ports.models.connect(open(ctx, row)), false);
    } catch (error) {
      // a key that cannot be opened, after the server's secret was lost, must not silence the bot
      ctx.log.error({ error, provider: row.provider }, "a model connection cannot be used");
      return builtinModel(ctx);
    }
  }
  if (ctx.ports.models.server) return named(ctx.ports.models.server, false);
  return builtinModel(ctx);
}

export function builtinModel(ctx: Pick<Ctx, "ports">): AnsweringModel {
  return named(ctx.ports.models.builtin.language, true);
}

function named(model: LanguageModelV4, isBuiltin: boolean): AnsweringModel {
  return { model, name: `${model.provider.split(".")[0]}:${model.modelId}`, isBuiltin };
}

function onlyOf(rows: Row[]): Row | undefined {
  return rows.length === 1 ? rows[0] : undefined;
}

function open(ctx: Pick<Ctx, "vault" | "tenantId">, row: Row): ModelConnection {
  return {
    provider: row.provider,
    baseUrl: row.baseUrl,
    model: row.model,
    apiKey: ctx.vault.open(ctx.tenantId, sealPurpose, row.sealedKey),
  };
}

async function test(model: LanguageModelV4, limit: number): Promise<void> {
  try {
    await generateText({
      model,
      prompt: "Answer with the one word: ready",
      maxOutputTokens: 16,
      maxRetries: 0,
      abortSignal: AbortSignal.timeout(limit),
    });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    throw isAppError(error) ? error : isAppError(cause) ? cause : explain(error, limit);
  }
}

/**
 * What a provider's refusal means, in words for whoever typed the key. The provider's own error is not kept
 * as the cause: some repeat the key in it, and causes are logged.
 */
function explain(error: unknown, limit: number): AppError {
  const status = APICallError.isInstance(error) ? error.statusCode : undefined;
  const details = { status };
  if (status === 401 || status === 403) {
    const text = "The provider refused the key. Check that it is whole and active.";
    return new AppError("API_KEY_INVALID", text, { details });
  }
  if (status === 404) {
    const text = "The provider knows no such model at this address. Check both.";
    return new AppError("API_KEY_INVALID", text, { details });
  }
  if (status === 429) {
    const text = "The provider says that the key's limit or credit is used up. Nothing was saved.";
    return new AppError("UPSTREAM_FAILED", text, { details });
  }
  if (status !== undefined && status >= 400) {
    const text = `The provider answered with status ${status}. Nothing was saved.`;
    return new AppError("UPSTREAM_FAILED", text, { details });
  }
  if (status !== undefined) {
    const text = "What answered at this address is no OpenAI-compatible API. Nothing was saved.";
    return new AppError("UPSTREAM_FAILED", text, { details });
  }
  if (error instanceof Error && error.name === "TimeoutError") {
    const text = `The provider did not answer within ${limit / 1000} seconds. Nothing was saved.`;
    return new AppError("UPSTREAM_TIMEOUT", text);
  }
  return new AppError(
    "UPSTREAM_FAILED",
    "The provider could not be reached. Check the address. Nothing was saved.",
  );
}

function describe(provider: Provider, row: Row | undefined): ConnectionOutput {
  return {
    provider,
    isConfigured: row !== undefined,
    lastTested: row?.lastTestedAt ?? null,
    statusMessage: row?.statusMessage ?? "Not configured",
    baseUrl: row?.baseUrl ?? null,
    model: row?.model ?? null,
  };
}
