interface OpenPath {
  method: "GET" | "POST";
  /** Below `/api/auth`. */
  path: RegExp;
}

/**
 * What of better-auth may be called over HTTP: only where the caller is a browser that another site sent here, or a
 * ceremony of the browser itself. All else goes by our own procedures, which limit, audit and check it, so that there
 * is no second way in.
 */
const openPaths: readonly OpenPath[] = [
  // Google and GitHub send the browser back to here
  { method: "GET", path: /^\/callback\/(google|github)$/ },
  // the public keys of access tokens, for whoever verifies them
  { method: "GET", path: /^\/\.well-known\/jwks\.json$/ },
];

/** Whether better-auth itself may answer; `pathname` begins with `/api/auth/`. */
export function isOpenPath(method: string, pathname: string): boolean {
  const path = pathname.slice("/api/auth".length);
  return openPaths.some((open) => open.method === method && open.path.test(path));
}
