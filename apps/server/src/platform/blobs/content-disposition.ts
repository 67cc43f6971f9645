import type { Disposition } from "./blob-store.ts";

/** Types that a browser shows without running anything of them. */
const SHOWN_INLINE = new Set(["application/pdf", "text/plain"]);

/** How a blob may be presented: `inline` only if it was asked for and its type is harmless. */
export function safeDisposition(asked: Disposition, contentType: string | null): Disposition {
  const essence = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  return asked === "inline" && SHOWN_INLINE.has(essence) ? "inline" : "attachment";
}

/** The Content-Disposition header (RFC 6266): the name in full as UTF-8, and in ASCII for old clients. */
export function contentDisposition(disposition: Disposition, fileName: string): string {
  const name = fileName.toWellFormed().replace(/[\p{Cc}/\\]/gu, "_");
  const ascii = name.replace(/[^\x20-\x7e]|["%]/g, "_");
  return `${disposition}; filename="${ascii}"; filename*=UTF-8''${percentEncode(name)}`;
}

/** Percent-encodes all but letters, digits and `-._~` (RFC 3986), as signatures and header parameters need it. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
