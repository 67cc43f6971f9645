import { sessionQuery } from "../lib/session.ts";
import { errorCodeOf, queryClient } from "../lib/trpc.ts";

/**
 * Calls back when the server says that nobody is signed in any more: the session ran out, or was ended
 * elsewhere. By then the cached session is null, so routes lead to sign-in and back to where one was.
 */
export function onSessionEnd(callback: () => void): void {
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "error") return;
    const code = errorCodeOf(event.action.error);
    // the workspace was shut meanwhile: asked anew, the session says so, and routes lead to where it is told
    if (code === "TENANT_SUSPENDED") void queryClient.refetchQueries(sessionQuery).then(callback);
    if (code !== "UNAUTHORIZED") return;
    if (queryClient.getQueryData(sessionQuery.queryKey) === null) return;
    queryClient.setQueryData(sessionQuery.queryKey, null);
    callback();
  });
}
