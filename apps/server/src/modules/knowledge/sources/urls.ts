/** Longer addresses are not followed: they come from machines that talk to themselves. */
export const maxUrlLength = 2000;
const maxSegments = 20;
/** How often one name may stand in a path before it is a relative link that runs in circles. */
const maxRepeats = 3;

const trackingParameter =
  /^(utm_\w+|gclid|fbclid|msclkid|yclid|dclid|mc_cid|mc_eid|_ga|_gl|phpsessid|jsessionid)$/i;
/** What a page links to and nobody reads: not worth a request. */
const unreadable =
  /\.(?:png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?|css|m?js|json|xml|rss|atom|woff2?|ttf|eot|mp[34]|m4[av]|webm|ogg|wav|avi|mov|zip|gz|tgz|bz2|xz|7z|rar|exe|dmg|msi|deb|rpm|apk|iso|bin|docx?|xlsx?|pptx?|csv|ics)$/i;

/**
 * The one spelling of a page's address: without fragment, tracking parameters and an empty query. Null for what
 * no page can have: another scheme, credentials, an endless length or an endless path.
 */
export function pageUrl(href: string, base?: string): string | null {
  if (href.length > maxUrlLength * 2 || !URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  if (url.username !== "" || url.password !== "") return null;
  url.hash = "";
  for (const name of [...url.searchParams.keys()]) {
    if (trackingParameter.test(name)) url.searchParams.delete(name);
  }
  url.pathname = url.pathname.replace(/;jsessionid=[^/]*/i, "");
  if (url.search === "") url.search = ""; // a question mark with nothing behind it
  return url.href.length > maxUrlLength || isEndless(url.pathname) ? null : url.href;
}

/** Whether an address names something that a person could read. */
export function looksReadable(url: string): boolean {
  return !unreadable.test(new URL(url).pathname);
}

function isEndless(path: string): boolean {
  const segments = path.split("/").filter((segment) => segment !== "");
  if (segments.length > maxSegments) return true;
  const seen = new Map<string, number>();
  for (const segment of segments) {
    const times = (seen.get(segment) ?? 0) + 1;
    if (times > maxRepeats) return true;
    seen.set(segment, times);
  }
  return false;
}

/** Whether two addresses belong to one site: the same host and port, with or without "www.", by http or https. */
export function isSameSite(one: string, other: string): boolean {
  return siteOf(one) === siteOf(other);
}

function siteOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname.replace(/^www\./, "")}:${port}`;
}

export interface Scope {
  kind: "page" | "site";
  url: string;
  includePaths: readonly string[];
  excludePaths: readonly string[];
}

/**
 * Whether an address belongs to a source: of its site, under a path that is included (the folder of the start
 * page, when none is named) and under none that is excluded. A single page is only itself.
 */
export function isInScope(scope: Scope, url: string): boolean {
  if (url === scope.url) return true;
  if (scope.kind === "page" || !isSameSite(scope.url, url)) return false;
  const path = new URL(url).pathname;
  const included = scope.includePaths.length > 0 ? scope.includePaths : [folderOf(scope.url)];
  const starts = (prefix: string) => path.startsWith(prefix);
  return included.some(starts) && !scope.excludePaths.some(starts);
}

function folderOf(url: string): string {
  const { pathname } = new URL(url);
  return pathname.slice(0, pathname.lastIndexOf("/") + 1);
}

/** What to call a page that has no title: the last name in its path, or its host. */
export function nameFromUrl(url: string): string {
  const { pathname, hostname } = new URL(url);
  const last = pathname.split("/").findLast((segment) => segment !== "") ?? "";
  try {
    return decodeURIComponent(last) || hostname;
  } catch {
    return last;
  }
}
