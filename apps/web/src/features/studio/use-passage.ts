import { useNavigate, useRouter, useRouterState } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Span } from "../documents/index.tsx";

/** A document opened beside the playground: which, and the passages in it to highlight. */
export interface Passage {
  documentId: string;
  version?: number;
  spans: Span[];
  /** The passage to open at. */
  initial?: Span;
}

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The passage that the studio shows; part of the history entry, so that back closes it. */
    passage?: Passage;
  }
}

/** The passage that is open, from the history entry. */
export function usePassage(): Passage | null {
  return useRouterState({ select: ({ location }) => location.state.passage ?? null });
}

/**
 * Opens and closes a passage over the studio. The address shown is that of the document page, so that it can
 * be copied and sent; back returns to the studio as it was.
 */
export function usePassageNavigation(): { open: (passage: Passage) => void; close: () => void } {
  const navigate = useNavigate({ from: "/bots/$botId" });
  const router = useRouter();
  const open = useCallback(
    (passage: Passage) => {
      const replace = router.state.location.state.passage !== undefined;
      void navigate({
        to: "/bots/$botId",
        params: (now) => now,
        search: (now) => now,
        state: { passage },
        replace,
        resetScroll: false,
        // Nothing that is being edited is left.
        ignoreBlocker: true,
        mask: { to: "/documents/$documentId", ...documentLink(passage), unmaskOnReload: false },
      });
    },
    [navigate, router],
  );
  const close = useCallback(() => router.history.back({ ignoreBlocker: true }), [router]);
  return { open, close };
}

/** Parameters of the document page for a passage. */
export function documentLink({ documentId, version, spans, initial }: Passage) {
  const span = initial ?? spans[0];
  return {
    params: { documentId },
    search: {
      ...(version === undefined ? {} : { version }),
      ...(span === undefined ? {} : { start: span.start, end: span.end }),
    },
  };
}
