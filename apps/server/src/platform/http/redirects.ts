/** One request on its way: what a redirect may change. */
export type Hop = {
  url: URL;
  method: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;
};

/** Headers that tell nothing secret. Any other may carry a credential under a name that we do not know. */
const SAFE_ACROSS_ORIGINS = new Set(["accept", "accept-language", "content-type", "user-agent"]);

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Where the answer sends us, or null if it is not a redirect. Throws TypeError for a malformed location. */
export function redirectTarget(status: number, location: string | null, base: URL): URL | null {
  return REDIRECTS.has(status) && location !== null ? new URL(location, base) : null;
}

/**
 * The request to make next, by the rules of the Fetch standard, but stricter: on the way to another origin only
 * harmless headers stay.
 */
export function nextHop(hop: Hop, status: number, url: URL): Hop {
  const toGet = status === 303 ? hop.method !== "HEAD" : hop.method === "POST" && status <= 302;
  const sameOrigin = url.origin === hop.url.origin;
  const headers = new Headers();
  for (const [name, value] of hop.headers) {
    if (toGet && name.startsWith("content-")) continue;
    if (sameOrigin || SAFE_ACROSS_ORIGINS.has(name)) headers.append(name, value);
  }
  return toGet ? { url, method: "GET", headers, body: null } : { ...hop, url, headers };
}
