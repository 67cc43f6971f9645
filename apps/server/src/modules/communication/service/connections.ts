import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import {
  type ConnectionRow,
  connectionRows,
  findConnection,
  sealCredentials,
  thisKind,
  unseal,
} from "../communication.queries.ts";
import type { ConnectionOutput } from "../communication.schema.ts";
import { communicationConnections } from "../communication.tables.ts";
import type { ConnectionKind } from "../communication.types.ts";
import type { ConnectInput } from "../kinds/index.ts";
import type { Channel } from "../kinds/kind.ts";
import { notConnected, theKind, usable } from "./open-connection.ts";
import { changePublicName } from "./public-name.ts";

/**
 * Keeps a connection after the provider took its credentials; one of the same kind that was there is replaced. Throws
 * API_KEY_INVALID when the provider refuses, UPSTREAM_FAILED when it cannot be asked; nothing is kept then.
 */
export async function connect(ctx: Ctx, input: ConnectInput): Promise<ConnectionOutput> {
  assertCan(ctx.actor, "manage channels");
  const kind = theKind(input.kind);
  const settings = await kind.connect(ctx, input).catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    throw new AppError(error.code, `${error.message} Nothing was saved.`);
  });
  return inTx(ctx, async (ctx) => {
    const before = await findConnection(ctx, input.kind, { lock: true });
    const columns = {
      name: input.name ?? kind.title,
      settings,
      sealedCredentials: sealCredentials(ctx, input.credentials),
      status: "connected" as const,
      lastError: null,
      lastErrorAt: null,
      connectedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      updatedAt: ctx.now(),
    };
    const [row] = await ctx.tx
      .insert(communicationConnections)
      .values({ tenantId: ctx.tenantId, kind: input.kind, createdAt: ctx.now(), ...columns })
      .onConflictDoUpdate({
        target: [communicationConnections.tenantId, communicationConnections.kind],
        set: columns,
      })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The connection was not written.");
    await changePublicName(ctx, { before, after: row });
    await recordAudit(ctx, {
      action: "communication.connected",
      subjectType: "connection",
      subjectId: input.kind,
      ...(before ? { before: told(before) } : {}),
      after: told(row),
    });
    return describe(ctx, row);
  });
}

/** What is connected, by kind. */
export async function listConnections(ctx: Ctx): Promise<ConnectionOutput[]> {
  assertCan(ctx.actor, "send messages");
  return inTx(ctx, async (ctx) => (await connectionRows(ctx)).map((row) => describe(ctx, row)));
}

/** What can be sent to, or from, as the provider says now. Throws NOT_FOUND where nothing of the kind is connected. */
export async function listChannels(ctx: Ctx, { kind }: { kind: ConnectionKind }): Promise<Channel[]> {
  assertCan(ctx.actor, "send messages");
  const connection = await inTx(ctx, async (ctx) => {
    const row = await findConnection(ctx, kind);
    if (!row) throw notFound("The connection");
    return usable(ctx, row);
  });
  return theKind(kind).channels(ctx, connection);
}

/** Forgets a connection and its credentials. What waits to be sent by it fails and says so. */
export async function disconnect(ctx: Ctx, { kind }: { kind: ConnectionKind }): Promise<void> {
  assertCan(ctx.actor, "manage channels");
  await inTx(ctx, async (ctx) => {
    const [row] = await ctx.tx.delete(communicationConnections).where(thisKind(ctx, kind)).returning();
    if (!row) throw notFound("The connection");
    await changePublicName(ctx, { before: row, after: null });
    await recordAudit(ctx, {
      action: "communication.disconnected",
      subjectType: "connection",
      subjectId: kind,
      before: told(row),
    });
  });
}

const told = ({ name, settings }: ConnectionRow) => ({ name, settings });

function describe(ctx: Pick<Ctx, "vault" | "tenantId">, row: ConnectionRow): ConnectionOutput {
  const { kind, name, settings, lastError, lastErrorAt, connectedBy, updatedAt } = row;
  const isReadable = unseal(ctx, row) !== null;
  return {
    kind,
    name,
    settings,
    status: isReadable ? row.status : "unreadable",
    lastError: isReadable ? lastError : notConnected.unreadable,
    lastErrorAt,
    connectedBy,
    connectedAt: updatedAt,
  };
}
