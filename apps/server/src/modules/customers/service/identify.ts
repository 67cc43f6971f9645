import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { findCustomer, findIdentity, liveCustomerId } from "../customers.queries.ts";
import type { Customer } from "../customers.schema.ts";
import type { IdentityKind, IdentitySource, identityKinds } from "../customers.types.ts";
import { normaliseIdentity } from "../identity-value.ts";
import { insertCustomer } from "./create-customer.ts";
import { describeOne, shownAddresses } from "./keep-customer.ts";
import { linkIdentity } from "./link-identity.ts";
import { readSignedIdentity, type SignedClaims } from "./signed-identity.ts";
import { keepChange } from "./update-customer.ts";

export interface Claims extends Omit<SignedClaims, "sub"> {
  externalId?: string | undefined;
}

export interface Identified {
  customer: Customer;
  /** Nobody was known by any of it. */
  created: boolean;
  /** What belongs to another customer, and stayed there: they may be the same person. */
  conflicts: { kind: IdentityKind; customerId: string }[];
}

/**
 * Finds who somebody is, or makes them known: by the site's own id, then the e-mail address, then the number. With a
 * signed identity all of it counts as proven; without one it is what the caller says.
 */
export async function identify(
  ctx: Ctx,
  { identityToken, ...said }: Claims & { identityToken?: string | undefined },
): Promise<Identified> {
  assertCan(ctx.actor, "manage customers");
  return inTx(ctx, async (ctx) => {
    if (identityToken === undefined) return recognise(ctx, said, "agent");
    return recogniseSigned(ctx, identityToken);
  });
}

/** The same for whoever shows a signed identity: the visitor's own page. */
export async function recogniseSigned(ctx: TxCtx, identityToken: string): Promise<Identified> {
  const { sub, ...claims } = await readSignedIdentity(ctx, identityToken);
  return recognise(ctx, { ...claims, externalId: sub }, "signed");
}

async function recognise(ctx: TxCtx, claims: Claims, source: IdentitySource): Promise<Identified> {
  const { name, company } = claims;
  const identities = identitiesIn(claims);
  const known = await findByAny(ctx, identities);
  const { id } = known === null ? await insertCustomer(ctx, {}) : { id: known };
  const before = await findCustomer(ctx, id, { lock: true });
  const conflicts: Identified["conflicts"] = [];
  for (const { kind, value } of identities) {
    const linked = await linkIdentity(ctx, id, { kind, value, source });
    if (!linked.isTheirs) conflicts.push({ kind, customerId: linked.customerId });
  }
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(company === undefined ? {} : { company }),
    ...(await shownAddresses(ctx, before)),
  };
  const row = await keepChange(ctx, before, change, known === null ? identities.map(({ kind }) => kind) : []);
  return { customer: await describeOne(ctx, row), created: known === null, conflicts };
}

/** Who is known by one of them, in the order in which they count. */
async function findByAny(
  ctx: TxCtx,
  identities: { kind: IdentityKind; value: string }[],
): Promise<string | null> {
  for (const { kind, value } of identities) {
    const found = await findIdentity(ctx, { kind, provider: "", value: normaliseIdentity(kind, value) });
    if (found) return liveCustomerId(ctx, found.customerId);
  }
  return null;
}

function identitiesIn({ externalId, email, phone }: Claims): { kind: IdentityKind; value: string }[] {
  const values: Partial<Record<IdentityKind, string | undefined>> = { external: externalId, email, phone };
  return (
    ["external", "email", "phone"] as const satisfies readonly (typeof identityKinds)[number][]
  ).flatMap((kind) => {
    const value = values[kind];
    return value === undefined ? [] : [{ kind, value }];
  });
}
