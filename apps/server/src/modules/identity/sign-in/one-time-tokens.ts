import { and, eq, gt, like } from "drizzle-orm";
import { randomToken, sha256Hex } from "../../../platform/crypto/index.ts";
import { asSystem, type Db } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { verifications } from "../identity.tables.ts";

/** What a link in a mail is good for, once. */
export type TokenPurpose = "reset-password" | "verify-email";

/** Milliseconds for which a link works. */
const lifetime: Record<TokenPurpose, number> = {
  "reset-password": 3_600_000,
  "verify-email": 24 * 3_600_000,
};

/**
 * A token of 256 random bits for a user, in the caller's transaction. Only its SHA-256 is kept. Links for the same
 * purpose that were sent before go on working until one of them is used.
 */
export async function issueToken(
  { now }: { now: () => Date },
  purpose: TokenPurpose,
  userId: string,
): Promise<string> {
  const token = randomToken();
  await asSystem((tx) =>
    tx.insert(verifications).values({
      id: newId(),
      identifier: identifierOf(purpose, token),
      value: userId,
      expiresAt: new Date(now().getTime() + lifetime[purpose]),
    }),
  );
  return token;
}

/** Whose token it is, without using it up. Throws for one that does not work. Named system query. */
export async function ownerOfToken(
  { db, now }: { db: Db; now: () => Date },
  purpose: TokenPurpose,
  token: string,
): Promise<string> {
  const [row] = await db
    .system()
    .select({ userId: verifications.value })
    .from(verifications)
    .where(isGood(purpose, token, now()));
  if (!row) throw deadLink();
  return row.userId;
}

/**
 * Uses a token up, with every other one for the same purpose of its owner, in the caller's transaction. Of any number
 * of redemptions at once one succeeds; the others throw, as for a token that never was.
 */
export async function redeemToken(
  { now }: { now: () => Date },
  purpose: TokenPurpose,
  token: string,
): Promise<void> {
  await asSystem(async (tx) => {
    const [used] = await tx
      .delete(verifications)
      .where(isGood(purpose, token, now()))
      .returning({ userId: verifications.value });
    if (!used) throw deadLink();
    await tx
      .delete(verifications)
      .where(and(like(verifications.identifier, `${purpose}:%`), eq(verifications.value, used.userId)));
  });
}

function isGood(purpose: TokenPurpose, token: string, at: Date) {
  return and(eq(verifications.identifier, identifierOf(purpose, token)), gt(verifications.expiresAt, at));
}

function identifierOf(purpose: TokenPurpose, token: string): string {
  return `${purpose}:${sha256Hex(token)}`;
}

/** One answer for a link that was used, has expired or never was. */
function deadLink(): AppError {
  return new AppError(
    "NOT_FOUND",
    "This link does not work any more. Each works once, and not for long: ask for a new one.",
  );
}
