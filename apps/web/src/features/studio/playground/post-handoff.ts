import { csrfHeaders } from "../../../lib/trpc.ts";

/** Asks for a person in a conversation. Throws an Error with the server's words, or a TypeError when offline. */
export async function postHandoff(conversationId: string, locale: string): Promise<void> {
  const response = await fetch(`/api/chat/${encodeURIComponent(conversationId)}/handoff`, {
    method: "POST",
    headers: { ...csrfHeaders(), "content-type": "application/json" },
    body: JSON.stringify({ locale }),
  });
  if (!response.ok) throw new Error(await response.text());
}
