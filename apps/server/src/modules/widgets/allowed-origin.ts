/**
 * True when a page of this origin may embed the widget: no domains are set, the origin is the server's
 * own, or its host is listed, with its port where the entry has one. `*.shop.example` means any subdomain.
 */
export function isAllowedOrigin(origin: string | null, allowedDomains: string[], publicUrl: string): boolean {
  if (allowedDomains.length === 0) return true;
  if (origin === null || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin === new URL(publicUrl).origin) return true;
  return allowedDomains.some((domain) => {
    const host = domain.includes(":") ? url.host : url.hostname;
    return domain.startsWith("*.") ? host.endsWith(domain.slice(1)) : host === domain;
  });
}
