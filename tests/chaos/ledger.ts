/** What somebody was told is done: it must be there whatever happens next. */
export interface Acknowledged {
  conversationId: string;
  by: string;
  act: "say" | "reply" | "note" | "handoff" | "takeOver" | "assign" | "handBack" | "resolve" | "reopen";
  /** The words of what was said. */
  text: string | null;
  /** Under which the audit log has it. */
  requestId: string | null;
}

/** Everything that was acknowledged, in the order of the answers. */
export function newLedger() {
  const entries: Acknowledged[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  return {
    entries,
    add(entry: Acknowledged) {
      entries.push(entry);
      for (const { count, resolve } of waiting) if (entries.length >= count) resolve();
      waiting = waiting.filter(({ count }) => entries.length < count);
    },
    /** Resolves once so many acts were acknowledged. */
    reaches: (count: number) =>
      new Promise<void>((resolve) => {
        if (entries.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}
export type Ledger = ReturnType<typeof newLedger>;
