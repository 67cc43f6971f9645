import { sha256Hex } from "../../../platform/crypto/index.ts";
import { declaredCharset, decodeText, ExtractionError } from "../extraction/index.ts";
import { type Fetched, type FetchLimits, fetchLimited } from "./fetch-limited.ts";
import type { PageReason } from "./reasons.ts";
import { type Robots, readRobotsWish } from "./robots.ts";
import { type PageScan, scanPage } from "./scan-page.ts";
import { isInScope, isSameSite, looksReadable, nameFromUrl, pageUrl, type Scope } from "./urls.ts";

/** Links that one page may add; what is more is left to its other pages and the sitemap. */
const maxLinks = 5000;

export interface PageContent {
  /** The page's own address: after redirects, or the one that it names as canonical. */
  url: string;
  title: string;
  bytes: Uint8Array;
  mediaType: string;
  fileName: string;
  contentHash: string;
  /** Of the address that was asked, and only when that is the page's own. */
  etag: string | null;
  lastModified: string | null;
}

/** What a visit of a page came to. */
export type Outcome =
  | { kind: "content"; content: PageContent; links: string[] }
  | { kind: "unchanged" }
  /** It is there and asks, or is fit, for no document. */
  | { kind: "left out"; reason: PageReason; status?: number; links?: string[] }
  | { kind: "gone"; status: number }
  /** As a page behind a sign-in does: gone when it happens again. */
  | { kind: "moved"; reason: PageReason; links?: string[] }
  /** Nothing is known of the page: a document of it stays. */
  | { kind: "trouble"; reason: PageReason; status?: number; retry: boolean; retryAfterSeconds?: number };

export interface PageRequest {
  url: string;
  etag: string | null;
  lastModified: string | null;
  /** Whether there is a document of it, so that "not modified" is an answer. */
  isKnown: boolean;
}

/** Asks for one page and finds out what it is. No database, no document: the outcome says what should become. */
export async function readPage(
  tools: {
    fetch: typeof globalThis.fetch;
    userAgent: string;
    robots: Robots;
    scope: Scope;
    signal: AbortSignal;
    limits?: FetchLimits;
  },
  page: PageRequest,
): Promise<Outcome> {
  const { scope, robots } = tools;
  if (!isInScope(scope, page.url)) return { kind: "left out", reason: "OUT_OF_SCOPE" };
  if (!robots.mayRead(page.url)) return { kind: "left out", reason: "ROBOTS" };
  const fetched = await fetchLimited(tools.fetch, page.url, {
    headers: requestHeaders(tools.userAgent, page),
    mayFollow: (url) => isSameSite(url, scope.url) && robots.mayRead(url),
    signal: tools.signal,
    ...(tools.limits ? { limits: tools.limits } : {}),
  });
  if (fetched.kind === "failed") return failed(fetched.failure);
  if (fetched.kind === "stopped") {
    return isSameSite(fetched.target, scope.url)
      ? { kind: "left out", reason: "ROBOTS" }
      : { kind: "moved", reason: "REDIRECTS_AWAY" };
  }
  const { status, headers } = fetched;
  if (status === 304 && page.isKnown) return { kind: "unchanged" };
  if (status === 404 || status === 410) return { kind: "gone", status };
  if (status === 401 || status === 403) return { kind: "trouble", reason: "REFUSED", status, retry: false };
  if (status === 429 || status >= 500) {
    const retryAfterSeconds = Number(headers.get("retry-after")) || 0;
    return { kind: "trouble", reason: "SERVER_ERROR", status, retry: true, retryAfterSeconds };
  }
  if (status !== 200) return { kind: "trouble", reason: "HTTP_ERROR", status, retry: false };
  const landed = pageUrl(fetched.url);
  if (landed === null || !isInScope({ ...scope, kind: "site" }, landed))
    return { kind: "moved", reason: "REDIRECTS_AWAY" };
  // a detour that may be another one tomorrow: a page of a site that is known is not given up for it
  if (scope.kind === "site" && landed !== page.url && !fetched.permanent && page.isKnown)
    return { kind: "moved", reason: "ALIAS", links: [landed] };
  return readAnswer(fetched, landed, scope, page);
}

function requestHeaders(userAgent: string, page: PageRequest): Record<string, string> {
  return {
    "user-agent": userAgent,
    accept: "text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf;q=0.9, */*;q=0.1",
    ...(page.isKnown && page.etag ? { "if-none-match": page.etag } : {}),
    ...(page.isKnown && page.lastModified ? { "if-modified-since": page.lastModified } : {}),
  };
}

function failed(failure: Extract<Fetched, { kind: "failed" }>["failure"]): Outcome {
  if (failure === "REDIRECT_LOOP") return { kind: "moved", reason: "REDIRECT_LOOP" };
  const retry = failure === "UNREACHABLE" || failure === "TIMEOUT";
  return { kind: "trouble", reason: failure, retry };
}

const readers = new Map<string, "html" | "txt" | "md" | "pdf">([
  ["text/html", "html"],
  ["application/xhtml+xml", "html"],
  ["text/plain", "txt"],
  ["text/markdown", "md"],
  ["application/pdf", "pdf"],
]);

async function readAnswer(
  { headers, bytes }: Extract<Fetched, { kind: "answer" }>,
  landed: string,
  scope: Scope,
  page: PageRequest,
): Promise<Outcome> {
  const contentType = headers.get("content-type") ?? "text/html";
  const mediaType = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const extension = readers.get(mediaType);
  if (!extension) return { kind: "left out", reason: "UNREADABLE_TYPE" };
  const wish = readRobotsWish(headers.get("x-robots-tag") ?? "");
  const isOwn = landed === page.url;
  const content: PageContent = {
    url: scope.kind === "page" ? page.url : landed, // a single page is what its owner named

    title: nameFromUrl(landed),
    bytes,
    mediaType,
    fileName: `page.${extension}`,
    contentHash: sha256Hex(bytes),
    etag: isOwn ? short(headers.get("etag")) : null,
    lastModified: isOwn ? short(headers.get("last-modified")) : null,
  };
  if (extension !== "html") {
    if (wish.noindex) return { kind: "left out", reason: "NOINDEX" };
    // an empty answer from a page that had words is a fault of the site, not news
    return bytes.length === 0 ? emptyPage(page) : { kind: "content", content, links: [] };
  }
  const charset = /charset=["']?([\w-]+)/i.exec(contentType)?.[1] ?? declaredCharset(bytes);
  let html: string;
  try {
    html = bytes.length === 0 ? "" : decodeText(bytes, charset);
  } catch (error) {
    if (error instanceof ExtractionError) return { kind: "left out", reason: "UNREADABLE_TYPE" };
    throw error;
  }
  const scan = await scanPage(html, { maxLinks, accept: (href, base) => linkOf(href, base, landed, scope) });
  const links = wish.nofollow || scope.kind === "page" ? [] : scan.links;
  if (wish.noindex || scan.noindex) return { kind: "left out", reason: "NOINDEX", links };
  if (!scan.hasText) return emptyPage(page, links);
  const canonical = canonicalOf(scan, landed, scope);
  const own = canonical === null ? {} : { url: canonical, etag: null, lastModified: null };
  // kept as UTF-8, which the reader of documents tries first: the header that named the charset is not kept
  const utf8 = charset && !/^utf-?8$/i.test(charset) ? new TextEncoder().encode(html) : bytes;
  const title = scan.title || content.title;
  return {
    kind: "content",
    content: { ...content, ...own, title, bytes: utf8, contentHash: scan.textHash },
    links,
  };
}

function emptyPage(page: PageRequest, links: string[] = []): Outcome {
  if (page.isKnown) return { kind: "trouble", reason: "NO_TEXT", retry: false };
  return { kind: "left out", reason: "NO_TEXT", links };
}

function linkOf(href: string, base: string | null, landed: string, scope: Scope): string | null {
  const from = base !== null && URL.canParse(base, landed) ? new URL(base, landed).href : landed;
  const url = pageUrl(href, from);
  return url !== null && url !== landed && isInScope(scope, url) && looksReadable(url) ? url : null;
}

/** The address that a page gives as its own: of the same source, and not the front page, which templates name by mistake. */
function canonicalOf(scan: PageScan, landed: string, scope: Scope): string | null {
  const url = scan.canonical === null ? null : pageUrl(scan.canonical, landed);
  if (url === null || url === landed || scope.kind === "page") return null;
  if (!isInScope(scope, url) || !isSameSite(url, landed)) return null;
  return new URL(url).pathname === "/" && new URL(landed).pathname !== "/" ? null : url;
}

/** Headers that are sent back later. */
function short(value: string | null): string | null {
  return value !== null && value.length <= 500 ? value : null;
}
