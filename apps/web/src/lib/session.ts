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
