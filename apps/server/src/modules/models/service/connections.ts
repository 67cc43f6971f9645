import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx, ModelConnection } from "../../../ports/index.ts";
import { assertCan, assertPermitted, recordAudit } from "../../identity/index.ts";
import {
  type ConnectionRow,
  connectionRows,
  openConnection,
  sealKey,
  thisConnection,
} from "../models.queries.ts";
import type {
  ConnectionOutput,
  connectionIdSchema,
  connectionInputSchema,
  Provider,
  Purpose,
} from "../models.schema.ts";
import { modelConnections, modelProviders } from "../models.tables.ts";
import { tryConnection } from "./test-connection.ts";

type ConnectionId = z.output<typeof connectionIdSchema>;

/** What is asked for when no model is named. A provider without one offers no model for the purpose. */
const defaultModels: Record<Purpose, Partial<Record<Provider, string>>> = {
  answering: {
    openai: "gpt-4o-mini",
    anthropic: "claude-sonnet-5-5",
    grok: "grok-4.3",
    ollama: "llama3.2",
  },
  embedding: { openai: "text-embedding-3-small", ollama: "nomic-embed-text" },
};

const unreadable =
  "The saved key cannot be read, because the server's secret has changed. Enter the key again.";

/**
 * Keeps a model connection after a real call went through with it. Throws API_KEY_INVALID when the
 * provider refuses, UPSTREAM_FAILED when it cannot be reached; nothing is kept then.
 */
export async function setConnection(
  ctx: Ctx,
  input: z.output<typeof connectionInputSchema>,
): Promise<ConnectionOutput> {
  assertCan(ctx.actor, "manage models");
  const { provider, purpose } = input;
  await inTx(ctx, (ctx) => assertPermitted(ctx, "modelProviders", provider));
  const connection: ModelConnection = {
    provider,
    baseUrl: input.baseUrl ?? null,
    model: input.model ?? defaultModels[purpose][provider] ?? "",
    apiKey: input.apiKey,
  };
  const outcome = await tryConnection(ctx.ports.models, purpose, connection).catch((error: unknown) => {
    throw isAppError(error) ? withNote(error, "Nothing was saved.") : error;
  });
  const at = ctx.now();
  const columns = {
    baseUrl: connection.baseUrl,
    model: connection.model,
    dimensions: outcome.dimensions,
    sealedKey: sealKey(ctx, connection.apiKey),
    lastTestedAt: at,
    lastTestFailed: false,
    statusMessage: outcome.text,
    updatedAt: at,
  };
  return inTx(ctx, async (ctx) => {
    const [row] = await ctx.tx
      .insert(modelConnections)
      .values({ tenantId: ctx.tenantId, purpose, provider, createdAt: at, ...columns })
      .onConflictDoUpdate({
        target: [modelConnections.tenantId, modelConnections.purpose, modelConnections.provider],
        set: columns,
      })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The connection was not written.");
    await recordAudit(ctx, {
      action: "model.connected",
      subjectType: "model",
      subjectId: provider,
      after: { purpose, baseUrl: connection.baseUrl, model: connection.model },
    });
    return describe(ctx, { purpose, provider }, row);
  });
}

/**
 * Tests a saved connection again and keeps what came of it. A failed test is no error of the call: it is
 * told in the connection's status. Throws NOT_FOUND where there is no such connection.
 */
export async function testConnection(ctx: Ctx, input: ConnectionId): Promise<ConnectionOutput> {
  assertCan(ctx.actor, "manage models");
  const row = await inTx(ctx, async (ctx) => {
    const [row] = await ctx.tx.select().from(modelConnections).where(thisConnection(ctx, input));
    if (!row) throw notFound("The connection");
    return row;
  });
  const connection = openConnection(ctx, row);
  if (!connection) return describe(ctx, input, row);
  const tested = await retest(ctx, row, connection);
  return inTx(ctx, async (ctx) => {
    const [kept] = await ctx.tx
      .update(modelConnections)
      .set({ ...tested, updatedAt: ctx.now() })
      // a key that was put in its place meanwhile was tested itself
      .where(and(thisConnection(ctx, input), eq(modelConnections.sealedKey, row.sealedKey)))
      .returning();
    if (!kept) throw new AppError("CONFLICT", "The connection was changed meanwhile. Look at it again.");
    await recordAudit(ctx, {
      action: "model.tested",
      subjectType: "model",
      subjectId: input.provider,
      after: { purpose: input.purpose, succeeded: !tested.lastTestFailed },
    });
    return describe(ctx, input, kept);
  });
}

/** The columns that a test of a saved connection changes. */
async function retest(ctx: Ctx, row: ConnectionRow, connection: ModelConnection) {
  try {
    const { text, dimensions } = await tryConnection(ctx.ports.models, row.purpose, connection);
    return { lastTestedAt: ctx.now(), lastTestFailed: false, statusMessage: text, dimensions };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { lastTestFailed: true, statusMessage: `Test failed: ${error.message}` };
  }
}

/** Forgets a provider's key, of one purpose or of all. */
export async function removeConnection(
  ctx: Ctx,
  { provider, purpose }: { provider: Provider; purpose?: Purpose | undefined },
): Promise<void> {
  assertCan(ctx.actor, "manage models");
  await inTx(ctx, async (ctx) => {
    const removed = await ctx.tx
      .delete(modelConnections)
      .where(
        and(
          eq(modelConnections.tenantId, ctx.tenantId),
          eq(modelConnections.provider, provider),
          purpose ? eq(modelConnections.purpose, purpose) : undefined,
        ),
      )
      .returning();
    for (const row of removed) {
      await recordAudit(ctx, {
        action: "model.disconnected",
        subjectType: "model",
        subjectId: provider,
        before: { purpose: row.purpose, baseUrl: row.baseUrl, model: row.model },
      });
    }
  });
}

/** Every provider of each purpose, connected or not. Keys are never among it. */
export async function listConnections(ctx: Ctx): Promise<ConnectionOutput[]> {
  assertCan(ctx.actor, "read bots");
  const rows = await inTx(ctx, (ctx) => connectionRows(ctx));
  const offered = (["answering", "embedding"] as const).flatMap((purpose) =>
    modelProviders
      .filter((provider) => defaultModels[purpose][provider])
      .map((provider) => ({ purpose, provider })),
  );
  return offered.map((one) =>
    describe(
      ctx,
      one,
      rows.find((row) => row.purpose === one.purpose && row.provider === one.provider),
    ),
  );
}

function describe(
  ctx: Pick<Ctx, "vault" | "tenantId">,
  { provider, purpose }: ConnectionId,
  row: ConnectionRow | undefined,
): ConnectionOutput {
  const isReadable = row !== undefined && openConnection(ctx, row) !== null;
  const state = !row ? "absent" : !isReadable ? "unreadable" : row.lastTestFailed ? "failing" : "working";
  return {
    provider,
    purpose,
    isConfigured: row !== undefined,
    lastTested: row?.lastTestedAt ?? null,
    state,
    statusMessage: state === "unreadable" ? unreadable : (row?.statusMessage ?? "Not configured"),
    baseUrl: row?.baseUrl ?? null,
    model: row?.model ?? null,
    dimensions: row?.dimensions ?? null,
  };
}

function withNote({ code, message, details }: AppError, note: string): AppError {
  return new AppError(code, `${message} ${note}`, details ? { details } : {});
}
