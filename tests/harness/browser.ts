import { createTRPCClient, httpLink } from "@trpc/client";
import type { AppRouter } from "../../apps/server/src/app/trpc-router.ts";
import type { TestServer, TrpcClient } from "./server.ts";

export interface TestBrowser {
  trpc: TrpcClient;
  /** The cookies that it keeps, by name. */
  cookies: Map<string, string>;
  /** Keeps what `Set-Cookie` lines say. */
  keep(lines: readonly string[]): void;
  /** What its requests carry now, for those that are not tRPC's. */
  headers(): Record<string, string>;
}

/**
 * A browser with cookies of its own: what an answer sets goes along with the next request, as does the session's CSRF
 * token. `like` begins with another's cookies, as a copy of its disk would.
 */
export function openBrowser(
  server: TestServer,
  {
    userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
    like,
  }: {
    userAgent?: string;
    like?: TestBrowser | undefined;
  } = {},
): TestBrowser {
  const cookies = new Map(like?.cookies ?? []);
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  let csrfToken: string | null = null;
  const headers = () => ({
    origin: server.url,
    "user-agent": userAgent,
    ...(cookies.size > 0 ? { cookie: cookieHeader() } : {}),
    ...(csrfToken ? { "x-csrf-token": csrfToken } : {}),
  });
  const keep = (lines: readonly string[]) => {
    for (const line of lines) {
      const [pair = ""] = line.split(";");
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      if (value === "" || /max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
  };
  const clientWith = (fetch: typeof globalThis.fetch): TrpcClient =>
    createTRPCClient<AppRouter>({ links: [httpLink({ url: `${server.url}/trpc`, headers, fetch })] });
  const asking = clientWith(globalThis.fetch);
  const trpc = clientWith(async (input, init) => {
    // a page asks who is signed in before it changes anything; a tab that is open asks again when that changed
    if (init?.method === "POST") csrfToken = (await asking.auth.getSession.query())?.csrfToken ?? null;
    const response = await fetch(input, { ...init, headers: { ...Object(init?.headers), ...headers() } });
    keep(response.headers.getSetCookie());
    return response;
  });
  return { trpc, cookies, keep, headers };
}
