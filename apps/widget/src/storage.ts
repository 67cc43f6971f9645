import type { Look } from "./types.ts";

/** What a returning visitor's browser remembers of one widget. */
export interface Saved {
  /** Names the visitor to the server. */
  token?: string;
  /** The last message that the visitor has seen; newer ones are unread. */
  seen?: string;
  /** The tenant's look, so that the second visit needs no network to show it. */
  look?: Look;
}

export interface Storage {
  read(): Saved;
  /** Merges the given fields into what is remembered. */
  write(change: Saved): void;
}

/**
 * Remembers in localStorage, one entry for each widget. Where the browser forbids or lacks it
 * (private mode, sandboxed frame, full disk) the memory lasts as long as the page.
 */
export function createStorage(widgetId: string): Storage {
  const key = `parlance:${widgetId}`;
  let saved: Saved = {};
  try {
    saved = JSON.parse(localStorage.getItem(key) ?? "{}");
  } catch {
    // Unreadable is the same as nothing remembered.
  }
  return {
    read: () => saved,
    write(change) {
      saved = { ...saved, ...change };
      try {
        localStorage.setItem(key, JSON.stringify(saved));
      } catch {
        // Memory keeps it.
      }
    },
  };
}
