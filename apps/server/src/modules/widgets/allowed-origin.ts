import { eq } from "drizzle-orm";
import type { Db } from "../../platform/db/index.ts";
import { tenantDomains } from "../identity/index.ts";
import { widgets } from "./widgets.tables.ts";

/*
 * The one rule of domains. A tenant lists hosts for all its widgets, a widget may list more for itself. A page may
 * embed a widget when its host is in either list, and any page may where both are empty.
 */

/** The hosts that may embed one widget; empty: any. */
export function domainsOfWidget(ofTenant: readonly string[], ofWidget: readonly string[]): string[] {
  return [...new Set([...ofTenant, ...ofWidget])];
}

/**
 * The hosts from which browsers may call for a tenant, as its CORS rule: those of the tenant and of each of its
 * widgets. Empty: any, because none are listed or one of the widgets may be embedded anywhere. Match an origin with
 * `isAllowedOrigin`. Empty as well for a tenant that is not there: nothing is told of it.
 */
export async function allowedOrigins(db: Db, tenantId: string): Promise<string[]> {
  return db.withTenant(tenantId, async (tx) => {
    const ofTenant = await tenantDomains(tenantId);
    const rows = await tx
      .select({ domains: widgets.allowedDomains })
      .from(widgets)
      .where(eq(widgets.tenantId, tenantId));
    const lists = rows.map((row) => domainsOfWidget(ofTenant, row.domains));
    return lists.some((list) => list.length === 0) ? [] : [...new Set([...ofTenant, ...lists.flat()])];
  });
}

/**
 * True when a page of this origin is among the domains: none are set, the origin is the server's own, or its host is
 * listed, with its port where the entry has one. `*.shop.example` means any subdomain.
 */
export function isAllowedOrigin(
  origin: string | null,
  allowedDomains: readonly string[],
  publicUrl: string,
): boolean {
  if (allowedDomains.length === 0) return true;
  if (origin === null || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin === new URL(publicUrl).origin) return true;
  return allowedDomains.some((domain) => {
    const host = domain.includes(":") ? url.host : url.hostname;
    return domain.startsWith("*.") ? host.endsWith(domain.slice(1)) : host === domain;
  });
}
