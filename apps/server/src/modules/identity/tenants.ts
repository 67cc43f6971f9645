import { asc, count, eq, ilike } from "drizzle-orm";
import { asSystem, containing, type Db } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import { members, tenantDirectory, tenants } from "./identity.tables.ts";

export interface ListedTenant {
  id: string;
  name: string;
  /** Its name in addresses; null where it has none. */
  subdomain: string | null;
  status: "active" | "suspended" | "deleting";
  statusReason: string | null;
  members: number;
  createdAt: Date;
}

/** Tenants of the whole installation by name, with how many members each has. Named system query: for its administrators. */
export async function searchTenants(
  db: Db,
  { page, pageSize, search }: { page: number; pageSize: number; search?: string | undefined },
): Promise<{ items: ListedTenant[]; total: number }> {
  const pattern = search && containing(search);
  const where = pattern ? ilike(tenants.name, pattern) : undefined;
  const [totals] = await db.system().select({ n: count() }).from(tenants).where(where);
  const rows = await db
    .system()
    .select({
      id: tenants.id,
      name: tenants.name,
      slug: tenants.slug,
      status: tenants.status,
      statusReason: tenants.statusReason,
      createdAt: tenants.createdAt,
      members: count(members.id),
    })
    .from(tenants)
    .leftJoin(members, eq(members.organizationId, tenants.id))
    .where(where)
    .groupBy(tenants.id)
    .orderBy(asc(tenants.name), asc(tenants.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const items = rows.map(({ slug, ...row }) => ({ ...row, subdomain: slug === row.id ? null : slug }));
  return { items, total: totals?.n ?? 0 };
}

/** Throws NOT_FOUND for a tenant that is not there; in a transaction, whose role is lifted for it. */
export async function assertTenant(id: string): Promise<void> {
  const rows = await asSystem((tx) => tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, id)));
  if (rows.length === 0) throw notFound("The tenant");
}

/**
 * How many bots each tenant has that has any, oldest tenant first. Named system query: bots lie behind
 * row-level security, so that only the directory of public names knows where they are.
 */
export async function tenantsWithBots(db: Db): Promise<{ id: string; name: string; bots: number }[]> {
  return db
    .system()
    .select({ id: tenants.id, name: tenants.name, bots: count(tenantDirectory.key) })
    .from(tenantDirectory)
    .innerJoin(tenants, eq(tenants.id, tenantDirectory.tenant))
    .where(eq(tenantDirectory.kind, "bot"))
    .groupBy(tenants.id)
    .orderBy(asc(tenants.createdAt), asc(tenants.id));
}
