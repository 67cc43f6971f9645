import { constantTimeEqual, hmacSign } from "../crypto/index.ts";
import { AppError } from "../errors/index.ts";
import type { Disposition } from "./blob-store.ts";

/** What a link of the disk store permits. The method is part of it: a download link cannot upload. */
export type BlobClaims =
  | { method: "PUT"; key: string; expiresAt: Date; contentType: string; size: number }
  | { method: "GET"; key: string; expiresAt: Date; fileName: string; disposition: Disposition };

/** The path under which the disk store's links are served. */
export const BLOB_PATH = "/api/blobs";

export function signedUrl(publicUrl: string, secret: string | Uint8Array, claims: BlobClaims): string {
  const query = new URLSearchParams({ expires: String(claims.expiresAt.getTime() / 1000) });
  if (claims.method === "PUT") {
    query.set("type", claims.contentType);
    query.set("size", String(claims.size));
  } else {
    query.set("name", claims.fileName);
    query.set("disposition", claims.disposition);
  }
  query.set("signature", signature(secret, claims));
  return `${publicUrl.replace(/\/+$/, "")}${BLOB_PATH}/${claims.key}?${query}`;
}

/**
 * What the link behind a request permits.
 * @throws AppError `FORBIDDEN` if the link was altered, was made for another method, or has expired.
 */
export function verifySignedQuery(
  request: { method: string; key: string; query: unknown },
  options: { secret: string | Uint8Array; now: number },
): BlobClaims {
  const query = textValues(request.query);
  const claims = claimsOf(request.method, request.key, query);
  if (!claims || !constantTimeEqual(query.get("signature") ?? "", signature(options.secret, claims))) {
    throw new AppError("FORBIDDEN", "This link is not valid for this request.");
  }
  if (options.now >= claims.expiresAt.getTime()) throw new AppError("FORBIDDEN", "This link has expired.");
  return claims;
}

function signature(secret: string | Uint8Array, claims: BlobClaims): string {
  const { method, key, expiresAt } = claims;
  const rest = method === "PUT" ? [claims.contentType, claims.size] : [claims.fileName, claims.disposition];
  return hmacSign(secret, JSON.stringify(["blob-link-v1", method, key, expiresAt.getTime(), ...rest]));
}

/** Reads the claims as the link states them. They mean nothing before the signature is compared. */
function claimsOf(method: string, key: string, query: Map<string, string>): BlobClaims | null {
  const expires = wholeNumber(query.get("expires"));
  if (expires === null) return null;
  const expiresAt = new Date(expires * 1000);
  const [contentType, size] = [query.get("type"), wholeNumber(query.get("size"))];
  if (method === "PUT" && contentType !== undefined && size !== null) {
    return { method, key, expiresAt, contentType, size };
  }
  const [fileName, disposition] = [query.get("name"), query.get("disposition")];
  if (
    method === "GET" &&
    fileName !== undefined &&
    (disposition === "attachment" || disposition === "inline")
  ) {
    return { method, key, expiresAt, fileName, disposition };
  }
  return null;
}

/** The single-valued text parameters; a repeated one counts as absent. */
function textValues(query: unknown): Map<string, string> {
  const entries = typeof query === "object" && query !== null ? Object.entries(query) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null;
}
