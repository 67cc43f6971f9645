import { useSuspenseQuery } from "@tanstack/react-query";
import type { Session } from "./models.ts";
import { queryClient, trpc } from "./trpc.ts";

/** Who is signed in, or null; asked once and kept until sign-in or sign-out. */
export const sessionQuery = trpc.auth.getSession.queryOptions(undefined, {
  staleTime: Number.POSITIVE_INFINITY,
});

/** The session of a signed-in screen. The router shows those only when there is one. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error("useSession was called on a screen that needs no sign-in.");
  return data;
}

/** Whether a right is among those that the server told with the session. */
export function may({ rights }: Pick<Session, "rights">, right: Session["rights"][number]): boolean {
  return rights.includes(right);
}

/** Asks the server again who is signed in, and forgets what the last person saw. */
export async function renewSession(): Promise<Session | null> {
  queryClient.clear();
  return queryClient.fetchQuery(sessionQuery);
}

/** A refused sign-in or sign-up; `message` is the server's plain English. */
export class AuthError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Throws AuthError with the server's code, or `OFFLINE` when the server was not reached. */
export async function postAuth(path: string, body: Record<string, string>): Promise<void> {
  const response = await fetch(`/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new AuthError("OFFLINE", "");
  });
  if (response.ok) return;
  const failure: unknown = await response.json().catch(() => null);
  const read = (name: "code" | "message") => {
    const value = typeof failure === "object" && failure !== null ? Reflect.get(failure, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  throw new AuthError(read("code") || `HTTP_${response.status}`, read("message"));
}
