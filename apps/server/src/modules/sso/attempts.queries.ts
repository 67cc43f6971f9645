import { and, eq, gt, isNotNull, isNull } from "drizzle-orm";
import { z } from "zod";
import { constantTimeEqual, randomToken, sha256Hex } from "../../platform/crypto/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import type { ConnectionRow } from "./connections.queries.ts";
import type { Person } from "./oidc/redeem-code.ts";
import { ssoAttempts } from "./sso.tables.ts";

type AttemptRow = typeof ssoAttempts.$inferSelect;

/** Milliseconds from beginning to the provider's answer. */
export const attemptLife = 10 * 60_000;
/** Milliseconds in which the browser fetches its session after an assertion. */
const ticketLife = 2 * 60_000;

const personSchema = z.object({ subject: z.string(), email: z.string(), name: z.string().nullable() });

/** An attempt's id, which may be seen; the state itself is known to the provider and the browser alone. */
export function idOfState(state: string): string {
  return sha256Hex(state);
}

export async function insertAttempt(
  ctx: TxCtx,
  attempt: Pick<AttemptRow, "id" | "connectionId" | "next"> & Partial<AttemptRow>,
): Promise<boolean> {
  const inserted = await ctx.tx
    .insert(ssoAttempts)
    .values({
      expiresAt: new Date(ctx.now().getTime() + attemptLife),
      createdAt: ctx.now(),
      ...attempt,
      tenantId: ctx.tenantId,
    })
    .onConflictDoNothing()
    .returning({ id: ssoAttempts.id });
  return inserted.length > 0;
}

const alive = (ctx: TxCtx, id: string, { id: connectionId }: Pick<ConnectionRow, "id">) =>
  and(
    eq(ssoAttempts.tenantId, ctx.tenantId),
    eq(ssoAttempts.id, id),
    eq(ssoAttempts.connectionId, connectionId),
    gt(ssoAttempts.expiresAt, ctx.now()),
  );

/** Takes an attempt that this browser began; null for any other. Whoever comes second finds nothing. */
export async function takeAttempt(
  ctx: TxCtx,
  connection: Pick<ConnectionRow, "id">,
  state: string,
  browserId: string | null,
): Promise<AttemptRow | null> {
  const [row] = await ctx.tx
    .delete(ssoAttempts)
    .where(alive(ctx, idOfState(state), connection))
    .returning();
  return row && isOfBrowser(row, browserId) ? row : null;
}

/**
 * Keeps who an assertion says it is until the browser fetches its session by the ticket that is returned; null when the
 * request was not ours, or has been answered. An assertion answers one request, once.
 */
export async function answerAttempt(
  ctx: TxCtx,
  connection: Pick<ConnectionRow, "id">,
  id: string,
  person: Person,
): Promise<string | null> {
  const ticket = randomToken();
  const answered = await ctx.tx
    .update(ssoAttempts)
    .set({ identity: person, ticketHash: sha256Hex(ticket), answeredAt: ctx.now() })
    .where(and(alive(ctx, id, connection), isNull(ssoAttempts.answeredAt)))
    .returning({ id: ssoAttempts.id });
  return answered.length > 0 ? ticket : null;
}

/**
 * Who an answered attempt is about, for the browser that began it and holds the ticket; once. The row stays until it
 * expires, so that the same assertion is known when it comes again.
 */
export async function takeAnswer(
  ctx: TxCtx,
  connection: Pick<ConnectionRow, "id">,
  { id, ticket, browserId }: { id: string; ticket: string; browserId: string | null },
): Promise<{ person: Person; next: string } | null> {
  const [row] = await ctx.tx
    .select()
    .from(ssoAttempts)
    .where(and(alive(ctx, id, connection), isNotNull(ssoAttempts.ticketHash)))
    .for("update");
  if (!row?.ticketHash || !constantTimeEqual(row.ticketHash, sha256Hex(ticket))) return null;
  const until = (row.answeredAt?.getTime() ?? 0) + ticketLife;
  if (ctx.now().getTime() >= until || !isOfBrowser(row, browserId)) return null;
  await ctx.tx
    .update(ssoAttempts)
    .set({ identity: null, ticketHash: null })
    .where(and(eq(ssoAttempts.tenantId, ctx.tenantId), eq(ssoAttempts.id, row.id)));
  return { person: personSchema.parse(row.identity), next: row.next };
}

/** An attempt that the provider began is any browser's who holds its ticket. */
function isOfBrowser({ browserHash }: AttemptRow, browserId: string | null): boolean {
  return browserHash === null || (browserId !== null && constantTimeEqual(browserHash, sha256Hex(browserId)));
}
