import { isAppError } from "../../../platform/errors/index.ts";
import { inHostSlot } from "./host-slots.ts";

export interface FetchLimits {
  /** For the whole of it, redirects and body included. */
  timeoutMs: number;
  /** After decompression. */
  maxBytes: number;
  maxRedirects: number;
}

export const pageLimits: FetchLimits = { timeoutMs: 60_000, maxBytes: 10 * 1024 * 1024, maxRedirects: 5 };

export type FetchFailure = "NOT_ALLOWED" | "UNREACHABLE" | "TIMEOUT" | "TOO_LARGE" | "REDIRECT_LOOP";

/** What came of asking for an address; `url` is the last one that was asked. */
export type Fetched = { url: string; permanent: boolean } & (
  | { kind: "answer"; status: number; headers: Headers; bytes: Uint8Array }
  | { kind: "stopped"; target: string }
  | { kind: "failed"; failure: FetchFailure }
);

/**
 * GET within limits, through the guard that keeps us out of private networks on every hop. Redirects are followed
 * while `mayFollow` says so; at the first that it refuses it stops and names the target. Bodies are read for
 * success only. Throws the signal's reason when that aborts, and nothing else.
 */
export async function fetchLimited(
  fetch: typeof globalThis.fetch,
  start: string,
  options: {
    headers: Record<string, string>;
    mayFollow: (url: string) => boolean;
    signal: AbortSignal;
    limits?: FetchLimits;
  },
): Promise<Fetched> {
  const limits = options.limits ?? pageLimits;
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  let url = start;
  let permanent = true;
  const failed = (failure: FetchFailure): Fetched => ({ kind: "failed", failure, url, permanent });
  try {
    for (let hop = 0; ; hop++) {
      const answer = await inHostSlot(new URL(url).host, async () => {
        const response = await fetch(url, { headers: options.headers, redirect: "manual", signal });
        const bytes = response.ok ? await readBody(response, limits.maxBytes) : await drop(response);
        return { status: response.status, headers: response.headers, bytes };
      });
      if (answer.bytes === null) return failed("TOO_LARGE");
      const target = redirectOf(answer.status, answer.headers, url);
      if (target === null) return { kind: "answer", url, permanent, ...answer, bytes: answer.bytes };
      permanent &&= answer.status === 301 || answer.status === 308;
      if (hop >= limits.maxRedirects) return failed("REDIRECT_LOOP");
      if (!options.mayFollow(target)) return { kind: "stopped", url, permanent, target };
      url = target;
    }
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason;
    if (timeout.aborted) return failed("TIMEOUT");
    return failed(failureOf(error));
  }
}

/** Null when it is more than may be: the rest is not read. */
async function readBody(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  if (Number(response.headers.get("content-length")) > maxBytes) {
    await drop(response);
    return null;
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return Buffer.concat(parts);
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel().catch(() => {});
      return null;
    }
    parts.push(part.value);
  }
}

async function drop(response: Response): Promise<Uint8Array> {
  await response.body?.cancel().catch(() => {});
  return new Uint8Array();
}

function redirectOf(status: number, headers: Headers, base: string): string | null {
  const location = headers.get("location");
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return null;
  // what cannot be understood leads nowhere: `mayFollow` refuses it
  return URL.canParse(location, base) ? new URL(location, base).href : "invalid:";
}

function failureOf(error: unknown): FetchFailure {
  if (!isAppError(error)) return "UNREACHABLE";
  if (error.code === "ADDRESS_NOT_ALLOWED") return "NOT_ALLOWED";
  if (error.code === "UPSTREAM_TIMEOUT") return "TIMEOUT";
  return error.code === "PAYLOAD_TOO_LARGE" ? "TOO_LARGE" : "UNREACHABLE";
}
