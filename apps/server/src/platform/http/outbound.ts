import { Agent, type RequestInit as UndiciInit, fetch as undiciFetch } from "undici";
import { AppError } from "../errors/index.ts";
import { type AllowPrivate, createAddressPolicy } from "./address-policy.ts";
import {
  addressNotAllowed,
  allowedAddresses,
  createCheckedConnect,
  type Resolve,
  systemResolve,
} from "./checked-connect.ts";
import { describeFailure } from "./failures.ts";
import { guardBody, tooLarge } from "./guarded-body.ts";
import { type Hop, nextHop, redirectTarget } from "./redirects.ts";

export type OutboundOptions = {
  allowPrivate: AllowPrivate;
  /** Longest wait for a connection (at most 10 s of it) and for the response headers. Default 60,000. */
  timeoutMs?: number;
  /** Longest silence within a response body. Default 30,000. */
  stallMs?: number;
  /** Redirects followed before giving up. Default 5. */
  maxRedirects?: number;
  /** Most bytes of a response body, after decompression. Default 64 MiB. */
  maxBytes?: number;
  /** How host names are resolved. Default: the system's resolver. */
  resolve?: Resolve;
};

export type Outbound = {
  /**
   * Like the global `fetch`, for URLs that others choose. Bodies stream both ways. Rejects with the signal's
   * reason when aborted, and else with an AppError: `ADDRESS_NOT_ALLOWED`, `UPSTREAM_TIMEOUT`,
   * `UPSTREAM_FAILED` or `PAYLOAD_TOO_LARGE`; reading the body can fail with the last three.
   */
  fetch: typeof globalThis.fetch;
  /**
   * Whether `fetch` would connect to this URL now, without doing so: for refusing an address when it is given.
   * Each connection is checked again. Throws `ADDRESS_NOT_ALLOWED`,
   * or `UPSTREAM_FAILED` when the name cannot be looked up.
   */
  assertAllowed(url: string): Promise<void>;
  /** Breaks off everything under way and closes all connections. */
  close(): Promise<void>;
};

const NULL_BODY_STATUS = new Set([204, 205, 304]);

/**
 * HTTP to the outside that cannot be turned against the inside: only http and https, no credentials in the URL,
 * and only public addresses or those that the operator allows, checked for every connection and every redirect.
 * Ignores proxy variables of the environment. Retries are the caller's business.
 */
export function createOutbound(options: OutboundOptions): Outbound {
  const { timeoutMs = 60_000, stallMs = 30_000, maxRedirects = 5, maxBytes = 64 * 1024 * 1024 } = options;
  const rules = {
    mayConnect: createAddressPolicy(options.allowPrivate),
    resolve: options.resolve ?? systemResolve,
  };
  const agent = new Agent({
    allowH2: false,
    headersTimeout: timeoutMs,
    bodyTimeout: stallMs,
    connect: createCheckedConnect({ ...rules, timeoutMs: Math.min(timeoutMs, 10_000) }),
  });

  const send = async ({ url, method, headers, body }: Hop, signal: AbortSignal | null) => {
    checkUrl(url);
    const init: UndiciInit = { method, headers: [...headers], signal, redirect: "manual", dispatcher: agent };
    try {
      return await undiciFetch(url, body === null ? init : { ...init, body, duplex: "half" });
    } catch (error) {
      throw signal?.aborted ? signal.reason : describeFailure(error);
    }
  };

  const fetch: Outbound["fetch"] = async (input, init) => {
    const request = new Request(urlOf(input), init);
    const signal = init?.signal ?? (input instanceof Request ? input.signal : null);
    let hop = await firstHop(request, init?.body instanceof ReadableStream);

    for (let redirects = 0; ; redirects++) {
      const answer = await send(hop, signal);
      const target = nextUrl(answer.status, answer.headers.get("location"), hop.url);
      if (target === null || request.redirect === "manual") {
        return toResponse(answer, { url: hop.url, redirected: redirects > 0, maxBytes, signal });
      }
      await answer.body?.cancel();
      if (request.redirect === "error")
        throw badRedirect("The other server redirects, which is not allowed here.");
      if (redirects >= maxRedirects) {
        throw badRedirect(`The other server redirects more than ${maxRedirects} times.`);
      }
      hop = nextHop(hop, answer.status, target);
      if (hop.body instanceof ReadableStream) {
        throw badRedirect("The other server redirects an upload that can be sent only once.");
      }
    }
  };

  return {
    fetch,
    async assertAllowed(text) {
      const url = urlOf(text);
      await allowedAddresses(url instanceof Request ? new URL(url.url) : url, rules).catch(
        (error: unknown) => {
          throw describeFailure(error);
        },
      );
    },
    close: () => agent.destroy(),
  };
}

/** The URL's text before it is parsed: Request would refuse credentials in it with an error of its own. */
function urlOf(input: string | URL | Request): URL | Request {
  if (input instanceof Request) return input;
  const text = String(input);
  if (!URL.canParse(text)) throw addressNotAllowed();
  const url = new URL(text);
  checkUrl(url);
  return url;
}

function checkUrl(url: URL): void {
  const isHttp = url.protocol === "http:" || url.protocol === "https:";
  if (!isHttp || url.username !== "" || url.password !== "") throw addressNotAllowed();
}

async function firstHop(request: Request, streams: boolean): Promise<Hop> {
  // Kept as bytes unless it is a stream, so that a redirect can send it again.
  const body =
    request.body === null ? null : streams ? request.body : new Uint8Array(await request.arrayBuffer());
  return { url: new URL(request.url), method: request.method, headers: request.headers, body };
}

function nextUrl(status: number, location: string | null, base: URL): URL | null {
  try {
    return redirectTarget(status, location, base);
  } catch (cause) {
    throw new AppError("UPSTREAM_FAILED", "The other server redirects to a malformed address.", { cause });
  }
}

function badRedirect(text: string): AppError {
  return new AppError("UPSTREAM_FAILED", text);
}

async function toResponse(
  answer: Awaited<ReturnType<typeof undiciFetch>>,
  context: { url: URL; redirected: boolean; maxBytes: number; signal: AbortSignal | null },
): Promise<Response> {
  const { status, statusText } = answer;
  const body = NULL_BODY_STATUS.has(status) ? null : answer.body;
  if (body !== null && Number(answer.headers.get("content-length")) > context.maxBytes) {
    await body.cancel();
    throw tooLarge(context.maxBytes);
  }
  const guarded = body === null ? null : guardBody(body.getReader(), context);
  const response = new Response(guarded, { status, statusText, headers: [...answer.headers] });
  // A Response that one makes has no URL; callers that resolve links against it need the last one fetched.
  Object.defineProperty(response, "url", { value: context.url.href });
  Object.defineProperty(response, "redirected", { value: context.redirected });
  return response;
}
