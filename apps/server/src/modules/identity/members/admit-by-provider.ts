import { and, eq } from "drizzle-orm";
import { asSystem } from "../../../platform/db/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../audit.ts";
import { accounts, members, tenants, users } from "../identity.tables.ts";

/** Somebody whom a tenant's own identity provider vouched for, with an address of the domain that the tenant proved. */
export interface VouchedPerson {
  /** The provider, by a name that no other has. */
  providerId: string;
  /** What the provider calls them, which stays when their address changes. */
  subject: string;
  /** In lower case. */
  email: string;
  name: string | null;
  /** The role of someone who joins by this. */
  role: string;
}

export type Admission =
  | { admitted: true; userId: string; joined: boolean }
  | {
      admitted: false;
      because:
        | "ACCOUNT_NOT_CONFIRMED"
        | "ACCOUNT_SUSPENDED"
        | "MEMBERSHIP_ENDED"
        | "WORKSPACE_SUSPENDED"
        | "OTHER_DOMAIN";
    };

/**
 * Who the person is here, as a member of the context's tenant. Known by the provider's link; else by the address, whose
 * account is linked when its owner once confirmed it; else they get an account. Whoever was no member becomes one.
 * Somebody whose membership was ended stays out. An account made so never administers the installation.
 */
export async function admitByProvider(ctx: TxCtx, person: VouchedPerson): Promise<Admission> {
  const found = await asSystem(async (tx) => {
    const [tenant] = await tx
      .select({ status: tenants.status })
      .from(tenants)
      .where(eq(tenants.id, ctx.tenantId))
      .for("share");
    return { isOpen: tenant?.status === "active", account: await accountOf(ctx, person) };
  });
  if (!found.isOpen) return { admitted: false, because: "WORKSPACE_SUSPENDED" };
  const { account } = found;
  if (account?.status === "SUSPENDED") return { admitted: false, because: "ACCOUNT_SUSPENDED" };
  // its password may be in the hands of whoever made it with an address that was not theirs
  if (account && !account.isLinked && !account.emailVerified) {
    return { admitted: false, because: "ACCOUNT_NOT_CONFIRMED" };
  }
  // a link outlives a change of address, but does not reach people of another domain
  if (account && domainOf(account.email) !== domainOf(person.email)) {
    return { admitted: false, because: "OTHER_DOMAIN" };
  }
  const userId = account?.id ?? (await createAccount(ctx, person));
  if (!account?.isLinked) await link(ctx, userId, person);
  const membership = await join(ctx, userId, person.role);
  if (membership === "ended") return { admitted: false, because: "MEMBERSHIP_ENDED" };
  return { admitted: true, userId, joined: membership === "new" };
}

/** Forgets what a provider called people: they are not known by it any more. Their accounts and memberships stay. */
export async function forgetProvider(_ctx: TxCtx, providerId: string): Promise<void> {
  await asSystem((tx) => tx.delete(accounts).where(eq(accounts.providerId, providerId)));
}

interface Account {
  id: string;
  email: string;
  emailVerified: boolean;
  status: "ACTIVE" | "PENDING_VERIFICATION" | "SUSPENDED";
  isLinked: boolean;
}

async function accountOf(_ctx: TxCtx, person: VouchedPerson): Promise<Account | null> {
  const columns = {
    id: users.id,
    email: users.email,
    emailVerified: users.emailVerified,
    status: users.status,
  };
  return asSystem(async (tx) => {
    const [linked] = await tx
      .select(columns)
      .from(accounts)
      .innerJoin(users, eq(users.id, accounts.userId))
      .where(and(eq(accounts.providerId, person.providerId), eq(accounts.accountId, person.subject)));
    if (linked) return { ...linked, isLinked: true };
    const [known] = await tx.select(columns).from(users).where(eq(users.email, person.email));
    return known ? { ...known, isLinked: false } : null;
  });
}

async function createAccount(ctx: TxCtx, { email, name }: VouchedPerson): Promise<string> {
  const id = newId();
  await asSystem((tx) =>
    tx.insert(users).values({
      id,
      email,
      name: name?.slice(0, 200) || email.slice(0, email.indexOf("@")),
      emailVerified: true, // the domain is proven, and its provider speaks for the addresses in it
      createdAt: ctx.now(),
      updatedAt: ctx.now(),
    }),
  );
  return id;
}

async function link(ctx: TxCtx, userId: string, { providerId, subject }: VouchedPerson): Promise<void> {
  await asSystem((tx) =>
    tx.insert(accounts).values({
      id: newId(),
      userId,
      providerId,
      accountId: subject,
      createdAt: ctx.now(),
      updatedAt: ctx.now(),
    }),
  );
  await audit(ctx, userId, "member.linked", { after: { by: "single sign-on" } });
}

async function join(ctx: TxCtx, userId: string, role: string): Promise<"new" | "member" | "ended"> {
  const [added] = await asSystem((tx) =>
    tx
      .insert(members)
      .values({ id: newId(), organizationId: ctx.tenantId, userId, role, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ id: members.id }),
  );
  if (added) {
    await audit(ctx, userId, "member.joined", { after: { role, by: "single sign-on" } });
    return "new";
  }
  const [member] = await asSystem((tx) =>
    tx
      .select({ deactivatedAt: members.deactivatedAt })
      .from(members)
      .where(and(eq(members.organizationId, ctx.tenantId), eq(members.userId, userId))),
  );
  return member?.deactivatedAt ? "ended" : "member";
}

function audit(
  ctx: TxCtx,
  userId: string,
  action: string,
  change: { after: Record<string, unknown> },
): Promise<void> {
  const actor = { kind: "user", userId, name: "", role: "", rights: new Set<string>() } as const;
  return recordAudit({ ...ctx, actor }, { action, subjectType: "member", subjectId: userId, ...change });
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1).toLowerCase();
}
