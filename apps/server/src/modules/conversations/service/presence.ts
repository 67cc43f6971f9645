/**
 * How many inboxes of a tenant are open in this process. With several processes it errs on the safe
 * side: it may say that nobody is there while a colleague is, never the other way round.
 */
const openInboxes = new Map<string, number>();

/** Counts an inbox as open until the returned function is called. */
export function enterInbox(tenantId: string): () => void {
  openInboxes.set(tenantId, (openInboxes.get(tenantId) ?? 0) + 1);
  return () => {
    const left = (openInboxes.get(tenantId) ?? 1) - 1;
    if (left > 0) openInboxes.set(tenantId, left);
    else openInboxes.delete(tenantId);
  };
}

export function isSomeoneThere(tenantId: string): boolean {
  return openInboxes.has(tenantId);
}
