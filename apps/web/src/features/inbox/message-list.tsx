import { ArrowDown } from "lucide-react";
import { lazy, Suspense, useLayoutEffect, useRef, useState } from "react";
import { useLanguage, useT } from "../../lib/i18n.ts";
import type { ChatMessage, ConversationDetail } from "../../lib/models.ts";
import { Button } from "../../ui/index.ts";
import { WhyButton } from "../answers/index.ts";
import { filesOf, MessageView, textOf } from "../messages/index.ts";
import { conversationStrings } from "./conversation.strings.ts";
import { MessageFiles } from "./message-files.tsx";
import { writingStrings } from "./writing.strings.ts";

const TranslateToggle = lazy(() =>
  import("../assist/index.ts").then((file) => ({ default: file.TranslateToggle })),
);

/** How near to the end still counts as reading the end, in pixels. */
const nearEnd = 80;

/** The thread, oldest first. It follows new messages while its end is in sight; otherwise it says that there are some. */
export function MessageList({
  conversation,
  language,
  sending,
}: {
  conversation: ConversationDetail;
  /** The customer's, as far as it is known. */
  language: string | null;
  sending: readonly ChatMessage[];
}) {
  const { messages } = conversation;
  const t = useT(conversationStrings);
  const writing = useT(writingStrings);
  const own = useLanguage();
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  const last = sending.at(-1) ?? messages.at(-1);
  const lastLength = last?.parts.reduce(
    (sum, part) => sum + (part.type === "text" ? part.text.length : 1),
    0,
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: it acts when the last message changes or grows
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    if (atEnd.current || sending.length > 0) box.scrollTop = box.scrollHeight;
    else setBehind(true);
  }, [last?.id, lastLength]);

  return (
    <div className="relative min-h-0 grow">
      <div
        ref={scroller}
        role="log"
        aria-label={t("messages")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
        tabIndex={0}
        onScroll={({ currentTarget: box }) => {
          atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
          if (atEnd.current) setBehind(false);
        }}
        className="h-full overflow-auto py-3 focus-visible:-outline-offset-2"
      >
        <div className="mx-auto max-w-3xl">
          {messages.map((message) => (
            <MessageView key={message.id} message={message}>
              <MessageFiles files={filesOf(message)} />
              {message.id === conversation.seenMessageId ? (
                <p className="mt-1 text-12 text-ink-3">{writing("seen")}</p>
              ) : null}
              {message.role === "user" && language !== own && textOf(message) !== "" ? (
                <Suspense>
                  <TranslateToggle text={textOf(message)} />
                </Suspense>
              ) : null}
              {message.metadata?.answerId ? <WhyButton answerId={message.metadata.answerId} /> : null}
            </MessageView>
          ))}
          {sending.map((message) => (
            <MessageView key={message.id} message={message} sending />
          ))}
        </div>
      </div>
      {behind ? (
        <div className="absolute inset-x-0 bottom-3 flex justify-center">
          <Button
            size="sm"
            className="shadow-float"
            icon={<ArrowDown className="size-4" aria-hidden />}
            onClick={() => scroller.current?.scrollTo({ top: scroller.current.scrollHeight })}
          >
            {t("latest")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
