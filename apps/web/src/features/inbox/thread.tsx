import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, MessageSquareX, PanelRight } from "lucide-react";
import { lazy, type RefObject, Suspense, startTransition, useRef, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { ConversationDetail } from "../../lib/models.ts";
import { useSession } from "../../lib/session.ts";
import { errorCodeOf, trpc } from "../../lib/trpc.ts";
import {
  Button,
  buttonClass,
  EmptyState,
  ErrorState,
  IconButton,
  Skeleton,
  StatusDot,
} from "../../ui/index.ts";
import { textOf } from "../messages/index.ts";
import { BesideLine } from "./beside-line.tsx";
import { composerStrings } from "./composer.strings.ts";
import { Composer, type ComposerMode } from "./composer.tsx";
import { ContextPanel } from "./context-panel.tsx";
import { conversationStrings } from "./conversation.strings.ts";
import { deskStrings } from "./desk.strings.ts";
import { draftOf, keepDraft, returnToDraft } from "./drafts.ts";
import { DueMark } from "./due-mark.tsx";
import { MessageList } from "./message-list.tsx";
import { inboxStrings } from "./strings.ts";
import { useBeside } from "./use-beside.ts";
import type { ConversationActs } from "./use-conversation-acts.ts";
import { useNote } from "./use-note.ts";
import { useReadMark } from "./use-read-mark.ts";
import { useReply } from "./use-reply.ts";
import { isOpen, statusTones } from "./views.ts";
import { whoOf } from "./who.ts";
import { writingStrings } from "./writing.strings.ts";

const SnoozeDialog = lazy(() => import("./snooze-dialog.tsx"));
const TransferDialog = lazy(() => import("./transfer-dialog.tsx"));

const SuggestionCard = lazy(() =>
  import("../assist/index.ts").then(({ SuggestionCard }) => ({ default: SuggestionCard })),
);

interface ThreadProps {
  id: string;
  acts: ConversationActs;
  composerBox: RefObject<HTMLTextAreaElement | null>;
  mode: ComposerMode;
  onMode: (mode: ComposerMode) => void;
  asked: Asked;
  onAsk: (asked: Asked) => void;
}

/** Which dialog about the conversation is open. */
export type Asked = "transfer" | "snooze" | null;

/** One conversation: what may be done with it, the messages, the reply box, and its context at the side. */
export function Thread({ id, acts, composerBox, mode, onMode, asked, onAsk }: ThreadProps) {
  const t = useT(conversationStrings);
  const composing = useT(composerStrings);
  const words = useT(inboxStrings);
  const desk = useT(deskStrings);
  const writing = useT(writingStrings);
  const { user } = useSession();
  /** The last words of a colleague's that were there when one began to write. */
  const readUpTo = useRef<string | undefined>(undefined);
  const conversation = useQuery(trpc.conversations.get.queryOptions({ id }));
  const [text, setText] = useState(() => draftOf(id));
  const [failure, setFailure] = useState<string | null>(null);
  const [showContext, setShowContext] = useState(false);
  const takeBack = (unsent: string, reason: string) => {
    setText(returnToDraft(id, unsent));
    setFailure(composing("reply.failed", { reason }));
  };
  const beside = useBeside(id, conversation.data?.allowed.note ?? false);
  const reply = useReply(id, takeBack);
  const note = useNote(id, takeBack);
  useReadMark(id, conversation.data?.unread ?? 0, conversation.data?.allowed.note ?? false);

  if (conversation.isPending) return <Loading />;
  if (conversation.isError && conversation.data === undefined) {
    return errorCodeOf(conversation.error) === "NOT_FOUND" ? (
      <EmptyState
        icon={<MessageSquareX aria-hidden />}
        title={t("missing.title")}
        className="pt-32"
        action={
          <Link to="/inbox" search={(now) => now} className={buttonClass()}>
            {t("back")}
          </Link>
        }
      >
        {t("missing.text")}
      </EmptyState>
    ) : (
      <ErrorState error={conversation.error} onRetry={() => void conversation.refetch()} className="pt-32" />
    );
  }

  const { data } = conversation;
  const name = whoOf(data, words);
  const colleagues = data.messages.findLast(
    ({ metadata }) => metadata?.author?.kind === "agent" && metadata.author.name !== user.name,
  );
  const language = data.language ?? languageOf(data.messages);
  const send = (message: string) => {
    const isNote = mode === "note" || !data.allowed.reply;
    if (!isNote && colleagues?.id !== readUpTo.current) {
      readUpTo.current = colleagues?.id;
      setFailure(writing("meanwhile", { name: colleagues?.metadata?.author?.name ?? "" }));
      return;
    }
    change("");
    setFailure(null);
    if (isNote) note(message);
    else reply.send(message);
  };
  const change = (next: string) => {
    if (text.trim() === "") readUpTo.current = colleagues?.id;
    setText(next);
    keepDraft(id, next);
  };

  return (
    <div className="relative flex min-h-0 min-w-0 grow">
      <section className="flex min-w-0 grow flex-col bg-surface-1" aria-label={name}>
        <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-1.5 md:px-4">
          <Link
            to="/inbox"
            search={(now) => now}
            aria-label={t("back")}
            className="-ms-1 inline-flex size-8 items-center justify-center rounded-control text-ink-2 hover:bg-surface-2 md:hidden"
          >
            <ArrowLeft className="flip-rtl size-4" aria-hidden />
          </Link>
          <div className="min-w-0 grow">
            <h2 dir="auto" className="truncate text-match text-14 font-semibold">
              {name}
            </h2>
            <div className="flex flex-wrap items-center gap-2">
              <StatusDot tone={statusTones[data.status]} label={words(`status.${data.status}`)} />
              <DueMark conversation={data} />
            </div>
          </div>
          <Actions conversation={data} acts={acts} />
          {data.allowed.note && isOpen(data.status) ? (
            <Button size="sm" onClick={() => startTransition(() => onAsk("transfer"))}>
              {desk("transfer")}
            </Button>
          ) : null}
          <IconButton
            label={t("details")}
            icon={<PanelRight className="flip-rtl size-4" aria-hidden />}
            aria-pressed={showContext}
            onClick={() => setShowContext(!showContext)}
            className="xl:hidden"
          />
        </header>
        <MessageList conversation={data} language={language} sending={reply.sending} />
        <BesideLine beside={beside} name={name} />
        {data.allowed.reply && data.bot && mode === "reply" ? (
          <div className="shrink-0 px-3 pb-2 md:px-4">
            <Suspense>
              <SuggestionCard
                conversationId={id}
                lastMessageId={data.messages.findLast(({ role }) => role === "user")?.id ?? null}
                onUse={(suggested) => {
                  change(suggested);
                  composerBox.current?.focus();
                }}
              />
            </Suspense>
          </div>
        ) : null}
        {data.allowed.reply || data.allowed.note ? (
          <Composer
            conversation={data}
            name={name}
            language={language}
            mode={data.allowed.reply ? mode : "note"}
            onMode={onMode}
            hint={
              data.status === "ai_handling" || data.status === "new" ? composing("reply.takesOver") : null
            }
            text={text}
            onChange={change}
            onSend={send}
            failure={failure}
            onFailure={setFailure}
            box={composerBox}
          />
        ) : null}
        {data.allowed.reply ? null : (
          <p className="shrink-0 border-t border-line px-4 py-3 text-center text-13 text-ink-2">
            {data.allowed.reopen
              ? composing("reply.resolved")
              : data.assignee
                ? composing("reply.other", { name: data.assignee.name })
                : composing("reply.notAllowed")}
          </p>
        )}
      </section>
      <ContextPanel conversation={data} shown={showContext} onClose={() => setShowContext(false)} />
      <Suspense>
        {asked === null || !data.allowed.note || !isOpen(data.status) ? null : asked === "transfer" ? (
          <TransferDialog conversation={data} onClose={() => onAsk(null)} />
        ) : (
          <SnoozeDialog conversation={data} onClose={() => onAsk(null)} />
        )}
      </Suspense>
    </div>
  );
}

/** What the customer's last words are written in, where their letters say it. */
function languageOf(messages: ConversationDetail["messages"]): string | null {
  const last = messages.findLast(({ role }) => role === "user");
  return last && /\p{Script=Arabic}/u.test(textOf(last)) ? "ar" : null;
}

function Actions({ conversation, acts }: { conversation: ConversationDetail; acts: ConversationActs }) {
  const t = useT(conversationStrings);
  return (
    <div className="flex flex-wrap gap-2">
      {(["reopen", "handBack", "takeOver", "resolve"] as const).map((name) =>
        conversation.allowed[name] ? (
          <Button
            key={name}
            size="sm"
            variant={name === "takeOver" ? "primary" : "secondary"}
            pending={acts[name].isPending}
            onClick={acts[name].run}
          >
            {t(name)}
          </Button>
        ) : null,
      )}
    </div>
  );
}

function Loading() {
  return (
    <div className="flex min-w-0 grow flex-col gap-4 p-6">
      <Skeleton className="h-8 w-48" />
      <Skeleton className="h-20 max-w-xl" />
      <Skeleton className="h-28 max-w-xl" />
      <Skeleton className="h-16 max-w-xl" />
    </div>
  );
}
