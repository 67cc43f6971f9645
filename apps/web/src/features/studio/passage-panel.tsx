import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useT } from "../../lib/i18n.ts";
import { DocumentReader } from "../documents/index.tsx";
import { studioStrings } from "./strings.ts";
import { usePassage, usePassageNavigation } from "./use-passage.ts";

const wideScreen = "(min-width: 64rem)";

/**
 * The cited document over the ingredients, so that the answer stays in sight beside it; over everything on a
 * narrow screen. Esc, the close button and the browser's back all return to the studio as it was.
 */
export function PassagePanel({ container }: { container: HTMLElement }) {
  const t = useT(studioStrings);
  const passage = usePassage();
  const { close } = usePassageNavigation();
  const wide = useSyncExternalStore(watchWidth, () => matchMedia(wideScreen).matches);
  if (passage === null) return null;
  const { documentId, version, spans, initial } = passage;
  return (
    <Dialog.Root
      open
      modal={!wide}
      disablePointerDismissal
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <Dialog.Portal container={container}>
        <Dialog.Popup
          aria-label={t("passage.label")}
          className="appear fixed inset-0 z-20 flex flex-col bg-surface-1 outline-none lg:absolute lg:z-10"
        >
          <DocumentReader
            {...{ documentId, version, spans, initial }}
            header={(name) => (
              <div className="flex h-14 shrink-0 items-center gap-3 border-b border-line px-4 md:px-6">
                <h2 dir="auto" className="min-w-0 grow truncate text-match text-16 font-semibold">
                  {name}
                </h2>
                <Dialog.Close
                  aria-label={t("passage.close")}
                  className="-me-1.5 rounded-control p-1.5 text-ink-2 hover:bg-surface-2"
                >
                  <X className="size-4" aria-hidden />
                </Dialog.Close>
              </div>
            )}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function watchWidth(notify: () => void): () => void {
  const query = matchMedia(wideScreen);
  query.addEventListener("change", notify);
  return () => query.removeEventListener("change", notify);
}
