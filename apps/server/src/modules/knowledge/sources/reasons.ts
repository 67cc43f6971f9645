/** Why a page brought no document, or why a crawl could not go on. Clients translate them. */
export const pageReasons = [
  "GONE",
  "REDIRECTS_AWAY",
  "REDIRECT_LOOP",
  "ALIAS",
  "DUPLICATE",
  "NOINDEX",
  "ROBOTS",
  "NOT_ALLOWED",
  "UNREACHABLE",
  "TIMEOUT",
  "SERVER_ERROR",
  "REFUSED",
  "HTTP_ERROR",
  "TOO_LARGE",
  "UNREADABLE_TYPE",
  "NO_TEXT",
  "OUT_OF_SCOPE",
  "DELETED_BY_OWNER",
  "INTERNAL",
] as const;
export type PageReason = (typeof pageReasons)[number];

/** Why a whole crawl ended before its time. */
export type CrawlFailure = PageReason | "ROBOTS_UNREACHABLE" | "SITE_DOWN" | "NO_ROOM" | "STOPPED";

const kept = "Everything that was read before stays.";

/** For the owner: what was wrong and what to do. */
export const failureTexts: Record<CrawlFailure, string> = {
  GONE: `The start page does not exist (404 or 410). Check the address. ${kept}`,
  REDIRECTS_AWAY:
    "The address leads to another site, or to a sign-in page. Add the address that it leads to instead.",
  REDIRECT_LOOP:
    "The start page redirects in a circle, as sites do that need cookies. Upload its pages as files.",
  ALIAS: "The start page is another page's second address. Add that page instead.",
  DUPLICATE: "The start page says the same as another page.",
  NOINDEX: "The page asks not to be read by robots (noindex). Ask the site's owner, or add its text by hand.",
  ROBOTS:
    "The site's robots.txt forbids reading this address. Ask the site's owner to allow Parlance, or add the text by hand.",
  NOT_ALLOWED: "The address is not allowed: it must be an existing public host, by http or https.",
  UNREACHABLE: `The site could not be reached. Check the address and refresh later. ${kept}`,
  TIMEOUT: `The site did not answer within a minute. Refresh later. ${kept}`,
  SERVER_ERROR: `The site answered with an error of its own. Refresh later. ${kept}`,
  REFUSED: `The site refuses to show the page (401 or 403). Public pages only can be read. ${kept}`,
  HTTP_ERROR: `The site answered with an unexpected status. Check the address. ${kept}`,
  TOO_LARGE: "The page is larger than 10 MB. Upload it in parts.",
  UNREADABLE_TYPE: "The address holds no page: HTML, plain text, Markdown and PDF can be read.",
  NO_TEXT:
    "The page has no text of its own: perhaps it is made by scripts, which are not run. Add its text by hand.",
  OUT_OF_SCOPE: "None of the site's pages lies under the included paths. Change them.",
  DELETED_BY_OWNER:
    "Every page was deleted by hand. Remove this source, and add it anew to read its pages again.",
  INTERNAL: "No page could be read for a reason of this server. Refresh later.",
  ROBOTS_UNREACHABLE: `The site's robots.txt could not be read, so the site may not be read either. Refresh later. ${kept}`,
  SITE_DOWN: `The site stopped answering, so the crawl was ended. Refresh later. ${kept}`,
  NO_ROOM: "The plan's limit was reached in the middle of the crawl.",
  STOPPED: `The crawl failed several times for a reason of this server. Refresh later. ${kept}`,
};
