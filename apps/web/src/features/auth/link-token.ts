import { useState } from "react";

/**
 * The token of a link in a mail, from the fragment that no server sees. It is taken out of the address bar at once, so
 * that it stays in no history and no screenshot.
 */
export function useLinkToken(): string {
  const [token] = useState(() => {
    const found = new URLSearchParams(window.location.hash.slice(1)).get("token") ?? "";
    if (found) window.history.replaceState(window.history.state, "", window.location.pathname);
    return found;
  });
  return token;
}
