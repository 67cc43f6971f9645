import type { Services } from "../faces/principal.ts";
import type { Whence } from "../faces/socket/handshake.ts";
import { isAnyTenantsDomain, tenantDomains } from "../modules/identity/index.ts";
import { isAllowedOrigin } from "../modules/widgets/index.ts";
import { AppError } from "../platform/errors/index.ts";

export interface ListedOrigins {
  /** Whether some tenant lists the origin: as much as can be asked before it is known who calls. */
  isListed(origin: string): Promise<boolean>;
  /** Throws ORIGIN_NOT_ALLOWED for a page of another site that the caller's tenant does not list. */
  assertListed(request: Pick<Whence, "headers" | "host">, tenantId: string): Promise<void>;
}

/**
 * Which sites' pages may call for a tenant with a token: those of its domain list, and the server's own. Programs,
 * which send no Origin, are not concerned. CORS keeps a page from reading; this keeps it from acting.
 */
export function createListedOrigins(services: Services): ListedOrigins {
  return {
    async isListed(origin) {
      const entries = entriesOf(origin);
      return entries.length > 0 && (await isAnyTenantsDomain(services.db, entries));
    },
    async assertListed({ headers: { origin }, host }, tenantId) {
      if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) return;
      const domains = await services.db.withTenant(tenantId, () => tenantDomains(tenantId));
      if (domains.length > 0 && isAllowedOrigin(origin, domains, services.publicUrl)) return;
      if (origin === new URL(services.publicUrl).origin) return;
      throw new AppError(
        "ORIGIN_NOT_ALLOWED",
        "Pages of this site may not call for the workspace. List its domain under Settings, Workspace.",
      );
    },
  };
}

/** As which entries of a domain list an origin's host would stand there. */
function entriesOf(origin: string): string[] {
  if (!URL.canParse(origin)) return [];
  const { host, hostname } = new URL(origin);
  const labels = hostname.split(".");
  const wildcards = labels.slice(1).map((_, at) => `*.${labels.slice(at + 1).join(".")}`);
  return [...new Set([host, hostname, ...wildcards])].filter((entry) => entry !== "");
}
