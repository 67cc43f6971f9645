import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { sha256Hex } from "../../../platform/crypto/index.ts";
import { type ApiPermission, apiPermissions, inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import {
  assertCan,
  covers,
  publishName,
  recordAudit,
  rightsOfPermissions,
  withdrawName,
} from "../../identity/index.ts";
import * as queries from "../api-keys.queries.ts";
import { type ApiKey, type createApiKeySchema, longestLife, type NewApiKey } from "../api-keys.schema.ts";
import { apiKeys } from "../api-keys.tables.ts";
import { makeKey } from "../key-format.ts";

/** Keys that are not revoked. A bound against mistakes; two callers at once may pass it by one. */
const mostKeys = 100;

/** A new key. What it answers under `secret` is shown this once. */
export async function createApiKey(ctx: Ctx, input: z.infer<typeof createApiKeySchema>): Promise<NewApiKey> {
  assertCan(ctx.actor, "manage API keys");
  assertToCome(input.expiresAt ?? null, ctx.now());
  assertGives(ctx, input.permissions);
  if (input.botId) assertOfOneBot(input.permissions);
  return inTx(ctx, async (ctx) => {
    if (input.botId) await findBot(ctx, input.botId, { lock: true });
    if ((await queries.countKeys(ctx)) >= mostKeys) {
      throw new AppError(
        "CONFLICT",
        `A workspace has at most ${mostKeys} API keys. Revoke one that is not used.`,
      );
    }
    const key = makeKey();
    const [row] = await ctx.tx
      .insert(apiKeys)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        name: input.name,
        publicPart: key.publicPart,
        secretHash: sha256Hex(key.secret),
        permissions: input.permissions,
        botId: input.botId ?? null,
        createdBy: makerOf(ctx),
        expiresAt: input.expiresAt ?? null,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The API key was not written.");
    await publishName(ctx, "api_key", row.publicPart, { botId: row.botId });
    await audit(ctx, "api_key.created", row, { after: facts(row) });
    return { ...(await describe(ctx, row)), secret: key.text };
  });
}

export async function listApiKeys(ctx: Ctx): Promise<ApiKey[]> {
  assertCan(ctx.actor, "manage API keys");
  return inTx(ctx, async (ctx) => queries.describeKeys(ctx, await queries.listKeyRows(ctx)));
}

/**
 * Gives the key another secret. The old one goes on working for so many hours, so that nothing stands still. Whoever
 * does it is its maker from now on: the key goes on when they stay, and does no more than they may.
 */
export async function rotateApiKey(ctx: Ctx, input: { id: string; graceHours: number }): Promise<NewApiKey> {
  assertCan(ctx.actor, "manage API keys");
  return inTx(ctx, async (ctx) => {
    const before = await queries.findApiKey(ctx, input.id);
    const status = queries.statusOf(before, ctx.now());
    if (status !== "active") {
      throw new AppError("CONFLICT", `This API key is ${status}. Create a new one in its place.`);
    }
    assertGives(ctx, before.permissions);
    const key = makeKey(before.publicPart);
    const previousUntil = new Date(ctx.now().getTime() + input.graceHours * 3_600_000);
    const row = await change(ctx, before.id, {
      secretHash: sha256Hex(key.secret),
      previousSecretHash: input.graceHours > 0 ? before.secretHash : null,
      previousUntil: input.graceHours > 0 ? previousUntil : null,
      createdBy: makerOf(ctx),
    });
    await audit(ctx, "api_key.rotated", row, {
      before: { createdBy: before.createdBy },
      after: { createdBy: row.createdBy, previousUntil: row.previousUntil },
    });
    return { ...(await describe(ctx, row)), secret: key.text };
  });
}

/** The key opens nothing any more, from the next request on. Doing it again changes nothing. */
export async function revokeApiKey(ctx: Ctx, input: { id: string }): Promise<void> {
  assertCan(ctx.actor, "manage API keys");
  await inTx(ctx, async (ctx) => {
    const before = await queries.findApiKey(ctx, input.id);
    if (before.revokedAt) return;
    const row = await change(ctx, before.id, {
      revokedAt: ctx.now(),
      previousSecretHash: null,
      previousUntil: null,
    });
    await withdrawName(ctx, "api_key", row.publicPart);
    await audit(ctx, "api_key.revoked", row, { before: facts(before) });
  });
}

function makerOf({ actor }: Ctx): string | null {
  return actor.kind === "user" ? actor.userId : null;
}

/** Every permission there is, and whether the caller may give it. */
export function listPermissions(ctx: Ctx): { name: ApiPermission; mayGive: boolean }[] {
  assertCan(ctx.actor, "manage API keys");
  return apiPermissions.map((name) => ({ name, mayGive: gives(ctx, name) }));
}

function gives({ actor }: Ctx, permission: ApiPermission): boolean {
  return covers(actor, rightsOfPermissions([permission]));
}

/** Nobody gives a program more than they may do themselves. */
function assertGives(ctx: Ctx, permissions: readonly ApiPermission[]): void {
  const beyond = permissions.filter((name) => !gives(ctx, name));
  if (beyond.length === 0) return;
  throw new AppError(
    "FORBIDDEN",
    `You cannot give ${beyond.join(", ")}: it allows more than your own role does.`,
    { details: { permissions: beyond } },
  );
}

/** What the other permissions allow is of no one bot. */
function assertOfOneBot(permissions: readonly ApiPermission[]): void {
  const wider = permissions.filter((name) => name !== "chat" && name !== "evaluate");
  if (wider.length === 0) return;
  const message = `A key for one bot may chat and evaluate. Leave out ${wider.join(", ")}, or make it for every bot.`;
  throw new AppError("VALIDATION_ERROR", message, {
    details: { fields: [{ path: "permissions", message }] },
  });
}

function assertToCome(expiresAt: Date | null, now: Date): void {
  if (!expiresAt) return;
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + longestLife);
  if (expiresAt > now && expiresAt <= latest) return;
  throw new AppError(
    "VALIDATION_ERROR",
    `expiresAt must be a moment to come, at most ${longestLife} years from now.`,
    { details: { fields: [{ path: "expiresAt", message: "Must be in the future." }] } },
  );
}

async function change(ctx: TxCtx, id: string, set: Partial<queries.ApiKeyRow>): Promise<queries.ApiKeyRow> {
  const [row] = await ctx.tx
    .update(apiKeys)
    .set({ ...set, updatedAt: ctx.now() })
    .where(and(eq(apiKeys.tenantId, ctx.tenantId), eq(apiKeys.id, id)))
    .returning();
  if (!row) throw new AppError("INTERNAL", "The API key was not written.");
  return row;
}

async function describe(ctx: TxCtx, row: queries.ApiKeyRow): Promise<ApiKey> {
  const [key] = await queries.describeKeys(ctx, [row]);
  if (!key) throw new AppError("INTERNAL", "The API key was not read.");
  return key;
}

function facts({ name, publicPart, permissions, botId, expiresAt }: queries.ApiKeyRow) {
  return { name, publicPart, permissions, botId, expiresAt };
}

function audit(
  ctx: TxCtx,
  action: string,
  row: queries.ApiKeyRow,
  change: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> {
  return recordAudit(ctx, { action, subjectType: "api_key", subjectId: row.id, ...change });
}
