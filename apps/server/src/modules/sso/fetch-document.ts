import { AppError } from "../../platform/errors/index.ts";
import type { Outbound } from "../../platform/http/index.ts";

/** Bytes of a document of a provider; theirs are some thousand. */
const mostBytes = 512 * 1024;
/** Milliseconds for the whole answer. */
const patience = 10_000;

/**
 * One request to an identity provider by the guarded `fetch`: every address and redirect is checked. Gives the status
 * and the text. Throws as `outbound.fetch` does, and PAYLOAD_TOO_LARGE.
 */
export async function fetchText(
  outbound: Pick<Outbound, "fetch">,
  url: string,
  init: RequestInit = {},
): Promise<{ status: number; text: string }> {
  const signal = AbortSignal.timeout(patience);
  try {
    const response = await outbound.fetch(url, { ...init, signal });
    return { status: response.status, text: await readText(response) };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AppError("UPSTREAM_TIMEOUT", "The provider did not answer in time.", { cause: error });
  }
}

async function readText({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (size > mostBytes) throw new AppError("PAYLOAD_TOO_LARGE", "The provider's document is too large.");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The same, of JSON; `json` is undefined for what is none. */
export async function fetchJson(
  outbound: Pick<Outbound, "fetch">,
  url: string,
  init: RequestInit = {},
): Promise<{ status: number; json: unknown }> {
  const { status, text } = await fetchText(outbound, url, {
    ...init,
    headers: { accept: "application/json", ...init.headers },
  });
  try {
    return { status, json: JSON.parse(text) };
  } catch {
    return { status, json: undefined };
  }
}
