import { and, asc, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { asSystem } from "../../../platform/db/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordAudit } from "../audit.ts";
import { passkeys } from "../auth/auth.tables.ts";
import { recordSecurityEvent } from "../logs/record-security-event.ts";

export interface Passkey {
  id: string;
  name: string;
  /** Whether the provider keeps a copy, for the person's other devices. */
  backedUp: boolean;
  createdAt: Date;
}

const shown = {
  id: passkeys.id,
  name: passkeys.name,
  backedUp: passkeys.backedUp,
  createdAt: passkeys.createdAt,
};
const ofOwner = (userId: string, id: string) => and(eq(passkeys.id, id), eq(passkeys.userId, userId));

/** A person's passkeys, the oldest first; there are 20 at most. Named system query. */
export async function listPasskeys(ctx: Ctx, userId: string): Promise<Passkey[]> {
  const rows = await ctx.db
    .system()
    .select(shown)
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id));
  return rows.map((row) => ({ ...row, name: row.name ?? "" }));
}

/** Names one of a person's passkeys. Throws NOT_FOUND for what is none of theirs. */
export async function renamePasskey(
  ctx: Ctx,
  userId: string,
  { id, name }: { id: string; name: string },
): Promise<Passkey> {
  return inTx(ctx, async (ctx) => {
    const [before] = await asSystem((tx) =>
      tx.select(shown).from(passkeys).where(ofOwner(userId, id)).for("no key update"),
    );
    if (!before) throw notFound("The passkey");
    const passkey = await namePasskey(userId, id, name);
    await recordAudit(ctx, {
      action: "passkey.renamed",
      subjectType: "passkey",
      subjectId: id,
      before: { name: before.name },
      after: { name },
    });
    return passkey;
  });
}

/** Removes one of a person's passkeys: it signs nobody in any more. Throws NOT_FOUND for what is none of theirs. */
export async function removePasskey(ctx: Ctx, userId: string, id: string): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const [removed] = await asSystem((tx) => tx.delete(passkeys).where(ofOwner(userId, id)).returning(shown));
    if (!removed) throw notFound("The passkey");
    await recordAudit(ctx, {
      action: "passkey.removed",
      subjectType: "passkey",
      subjectId: id,
      before: { name: removed.name },
    });
    await recordSecurityEvent(ctx, {
      kind: "passkey_removed",
      userId,
      ipAddress: ctx.ipAddress,
      detail: { passkey: removed.name },
    });
  });
}

/** Gives one of a person's passkeys this name, in a transaction. */
export async function namePasskey(userId: string, id: string, name: string): Promise<Passkey> {
  const [row] = await asSystem((tx) =>
    tx.update(passkeys).set({ name }).where(ofOwner(userId, id)).returning(shown),
  );
  if (!row) throw notFound("The passkey");
  return { ...row, name };
}
