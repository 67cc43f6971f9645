import { sessionQuery } from "../lib/session.ts";
import { errorCodeOf, queryClient } from "../lib/trpc.ts";

/**
 * Calls back when the server says that nobody is signed in any more: the session ran out, or was ended
 * elsewhere. By then the cached session is null, so routes lead to sign-in and back to where one was.
 */
export function onSessionEnd(callback: () => void): void {
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "error") return;
    if (errorCodeOf(event.action.error) !== "UNAUTHORIZED") return;
    if (queryClient.getQueryData(sessionQuery.queryKey) === null) return;
    queryClient.setQueryData(sessionQuery.queryKey, null);
    callback();
  });
}
