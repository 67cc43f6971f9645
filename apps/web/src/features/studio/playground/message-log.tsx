import { LoaderCircle } from "lucide-react";
import { type ReactNode, useCallback } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { ChatMessage, Citation } from "../../../lib/models.ts";
import { citationsOf, MessageView, textOf } from "../../messages/index.ts";
import { usePassageNavigation } from "../use-passage.ts";
import { AnswerFooter } from "./answer-footer.tsx";
import { liveWord } from "./live-word.ts";
import { playgroundStrings } from "./strings.ts";
import type { Playground } from "./use-playground.ts";
import { useStickToEnd } from "./use-stick-to-end.ts";

/** What was said, the newest in view; `children` stands at its end, or alone before the first message. */
export function MessageLog({ playground, children }: { playground: Playground; children: ReactNode }) {
  const t = useT(playgroundStrings);
  const { messages, busy, stage } = playground;
  const end = useStickToEnd();
  const last = messages.at(-1);
  const speaking = busy && last?.role === "assistant" && textOf(last) !== "";

  return (
    <section
      ref={end}
      aria-label={t("log")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
      tabIndex={0}
      className="flex min-h-0 grow flex-col overflow-y-auto py-2 focus-visible:-outline-offset-2"
    >
      {messages.map((message) => (
        <LoggedMessage key={message.id} message={message} finished={!busy || message !== last} />
      ))}
      {busy && !speaking ? (
        <p className="flex items-center gap-2 px-4 py-2 ps-14 text-13 text-ink-2">
          <LoaderCircle className="appear-late size-4 animate-spin" aria-hidden />
          {liveWord(stage, t)}
        </p>
      ) : null}
      {children}
      <p className="sr-only" aria-live="polite">
        {busy ? liveWord(stage, t) : last?.role === "assistant" ? `${t("live.done")}. ${textOf(last)}` : ""}
      </p>
    </section>
  );
}

function LoggedMessage({ message, finished }: { message: ChatMessage; finished: boolean }) {
  const t = useT(playgroundStrings);
  const { open } = usePassageNavigation();
  const openCitation = useCallback(
    (citation: Citation) => {
      const { documentId, version } = citation;
      const spans = citationsOf(message).filter(
        (each) => each.documentId === documentId && each.version === version,
      );
      open({ documentId, version, spans: spans.map(spanOf), initial: spanOf(citation) });
    },
    [message, open],
  );
  if (message.parts.some(({ type }) => type === "data-delivered")) {
    return <p className="px-4 py-2 text-center text-12 text-ink-3">{t("delivered")}</p>;
  }
  // An answer that has not begun is shown by the stage that it is at.
  if (message.role === "assistant" && textOf(message) === "") return null;
  return (
    <MessageView message={message} onOpenCitation={openCitation}>
      {message.role === "assistant" && finished ? <AnswerFooter message={message} /> : null}
    </MessageView>
  );
}

function spanOf({ startOffset: start, endOffset: end }: Citation) {
  return { start, end };
}
