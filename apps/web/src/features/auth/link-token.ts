import { useState } from "react";

/** What was taken out of the address bar: a page that renders anew finds it here. */
let taken = { path: "", token: "" };

/**
 * The token of a link in a mail, from the fragment that no server sees. It is taken out of the address bar at once, so
 * that it stays in no history and no screenshot.
 */
export function useLinkToken(): string {
  const [token] = useState(() => {
    const { hash, pathname } = window.location;
    const found = new URLSearchParams(hash.slice(1)).get("token");
    if (found) {
      taken = { path: pathname, token: found };
      window.history.replaceState(window.history.state, "", pathname);
    }
    return taken.path === pathname ? taken.token : "";
  });
  return token;
}
