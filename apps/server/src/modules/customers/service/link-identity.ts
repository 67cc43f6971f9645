import { and, eq, inArray } from "drizzle-orm";
import { idOfActor } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { findIdentity, type IdentityRow, identitiesOf } from "../customers.queries.ts";
import type { IdentityLists } from "../customers.schema.ts";
import { customerIdentities } from "../customers.tables.ts";
import type { IdentityKind, IdentitySource } from "../customers.types.ts";
import { normaliseIdentity } from "../identity-value.ts";

/** Identities of one customer, merged ones included. */
const most = 200;

export interface NewIdentity {
  kind: IdentityKind;
  provider?: string;
  value: string;
  source: IdentitySource;
  conversationId?: string;
}

/** Whether it is linked to the customer now, or to whom it is. */
export type Linked = { isTheirs: true; id: string } | { isTheirs: false; customerId: string };

/**
 * Links an identity to a customer whose row the caller has locked. One that is theirs already only becomes verified,
 * where this evidence proves more. One of another customer's stays there: the caller says what that means.
 */
export async function linkIdentity(ctx: TxCtx, customerId: string, identity: NewIdentity): Promise<Linked> {
  const { kind, source, conversationId } = identity;
  const provider = kind === "social" ? (identity.provider ?? "").trim().toLowerCase() : "";
  const value = normaliseIdentity(kind, identity.value);
  const isProof = source === "signed" || source === "code";
  const evidence = {
    actorKind: ctx.actor.kind,
    actorId: idOfActor(ctx.actor),
    ...(conversationId ? { conversationId } : {}),
  };
  const [added] = await ctx.tx
    .insert(customerIdentities)
    .values({
      tenantId: ctx.tenantId,
      id: newId(),
      customerId,
      kind,
      provider,
      value,
      source,
      evidence,
      verifiedAt: isProof ? ctx.now() : null,
      createdAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning({ id: customerIdentities.id });
  if (added) {
    const all = await identitiesOf(ctx, [customerId]);
    if (all.length > most) {
      throw new AppError("VALIDATION_ERROR", `A customer has at most ${most} identities. Remove some first.`);
    }
    return { isTheirs: true, id: added.id };
  }
  const known = await findIdentity(ctx, { kind, provider, value });
  if (!known) throw new AppError("CONFLICT", "The identity was removed at the same moment. Try again.");
  if (known.customerId !== customerId) return { isTheirs: false, customerId: known.customerId };
  if (isProof && known.verifiedAt === null) {
    await ctx.tx
      .update(customerIdentities)
      .set({ verifiedAt: ctx.now(), source, evidence })
      .where(and(eq(customerIdentities.tenantId, ctx.tenantId), eq(customerIdentities.id, known.id)));
  }
  return { isTheirs: true, id: known.id };
}

/** The same, for whoever says so: throws CONFLICT for one that is another customer's. */
export async function linkOwnIdentity(ctx: TxCtx, customerId: string, identity: NewIdentity): Promise<void> {
  const linked = await linkIdentity(ctx, customerId, identity);
  if (linked.isTheirs) return;
  const what = {
    email: "e-mail address",
    phone: "number",
    social: "account",
    device: "device",
    external: "id",
  };
  throw new AppError(
    "CONFLICT",
    `This ${what[identity.kind]} belongs to another customer. Merge the two, if they are the same person.`,
    { details: { kind: identity.kind, customerId: linked.customerId } },
  );
}

/** Makes the identities of the kinds that are named what the lists say. Gives the kinds that changed. */
export async function setIdentities(
  ctx: TxCtx,
  customerId: string,
  lists: IdentityLists,
): Promise<IdentityKind[]> {
  const changed: IdentityKind[] = [];
  const known = await identitiesOf(ctx, [customerId]);
  for (const { kind, wanted } of byKind(lists)) {
    const before = known.filter((identity) => identity.kind === kind);
    const after = wanted.map(({ provider, value }) => ({ provider, value: normaliseIdentity(kind, value) }));
    const isSame = (one: Place, other: Place) => one.provider === other.provider && one.value === other.value;
    const gone = before.filter((one) => !after.some((other) => isSame(one, other)));
    const fresh = after.filter((one) => !before.some((other) => isSame(one, other)));
    await unlink(ctx, gone);
    for (const { provider, value } of fresh) {
      await linkOwnIdentity(ctx, customerId, { kind, provider, value, source: "agent" });
    }
    if (gone.length + fresh.length > 0) changed.push(kind);
  }
  return changed;
}

type Place = { provider: string; value: string };

function byKind(lists: IdentityLists): { kind: IdentityKind; wanted: Place[] }[] {
  const plain = (kind: IdentityKind, values: string[] | undefined) =>
    values ? [{ kind, wanted: values.map((value) => ({ provider: "", value })) }] : [];
  const social = lists.socialIds && Object.entries(lists.socialIds);
  return [
    ...plain("email", lists.emails),
    ...plain("phone", lists.phoneNumbers),
    ...(social
      ? [
          {
            kind: "social" as const,
            wanted: social.map(([provider, value]) => ({ provider: provider.toLowerCase(), value })),
          },
        ]
      : []),
    ...plain("device", lists.deviceFingerprints),
    ...plain("external", lists.externalIds),
  ];
}

async function unlink(ctx: TxCtx, identities: IdentityRow[]): Promise<void> {
  if (identities.length === 0) return;
  await ctx.tx.delete(customerIdentities).where(
    and(
      eq(customerIdentities.tenantId, ctx.tenantId),
      inArray(
        customerIdentities.id,
        identities.map(({ id }) => id),
      ),
    ),
  );
}
