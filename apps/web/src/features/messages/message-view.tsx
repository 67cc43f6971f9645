import { Bot, User } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../../lib/i18n.ts";
import type { ChatMessage, Citation } from "../../lib/models.ts";
import { cx } from "../../ui/cx.ts";
import { Time } from "../../ui/time.tsx";
import { AnswerText } from "./answer-text.tsx";
import { VerificationLine } from "./confidence.tsx";
import { citationsOf, textOf, verificationOf } from "./message-parts.ts";
import { messageStrings } from "./strings.ts";

type AuthorKind = NonNullable<NonNullable<ChatMessage["metadata"]>["author"]>["kind"];

const avatarTones: Record<AuthorKind, string> = {
  customer: "bg-surface-3 text-ink-2",
  bot: "bg-accent-soft text-accent",
  agent: "bg-good-soft text-good",
  system: "bg-surface-2 text-ink-3",
};

export interface MessageViewProps {
  message: ChatMessage;
  /** What a click on a citation mark does; without it the mark links to the document. */
  onOpenCitation?: ((citation: Citation) => void) | undefined;
  /** Shown below the text: feedback, "why this answer". */
  children?: ReactNode;
  /** Still on its way to the server. */
  sending?: boolean;
}

/** One utterance: who, when, what, its sources and how far it was checked. */
export function MessageView({ message, onOpenCitation, children, sending = false }: MessageViewProps) {
  const t = useT(messageStrings);
  const kind = message.metadata?.author?.kind ?? (message.role === "user" ? "customer" : "bot");
  if (kind === "system") return <SystemLine message={message} />;

  const name = message.metadata?.author?.name || t(`author.${kind}`);
  const verification = verificationOf(message);
  const isNote = message.metadata?.internal === true;
  return (
    <article
      aria-label={isNote ? t("note.by", { name }) : name}
      className={cx("flex gap-3 px-4 py-3", sending && "opacity-60", isNote && "bg-warn-soft")}
    >
      <span
        aria-hidden
        className={cx(
          "mt-0.5 flex size-7 shrink-0 items-center justify-center rounded-full",
          avatarTones[kind],
        )}
      >
        {kind === "bot" ? (
          <Bot className="size-4" />
        ) : kind === "customer" ? (
          <User className="size-4" />
        ) : (
          initial(name)
        )}
      </span>
      <div className="min-w-0 grow">
        <header className="flex items-baseline gap-2">
          <bdi className="truncate text-14 font-semibold">{name}</bdi>
          {isNote ? <span className="shrink-0 text-12 font-medium text-warn">{t("note")}</span> : null}
          {sending ? (
            <span className="text-12 text-ink-3">{t("sending")}</span>
          ) : message.metadata?.createdAt ? (
            <Time value={message.metadata.createdAt} className="shrink-0 text-12 text-ink-3" />
          ) : null}
        </header>
        <div className="mt-0.5">
          {kind === "bot" ? (
            <AnswerText
              text={textOf(message)}
              citations={citationsOf(message)}
              onOpenCitation={onOpenCitation}
            />
          ) : textOf(message) !== "" ? (
            <p dir="auto" className="text-15 break-words whitespace-pre-wrap">
              {textOf(message)}
            </p>
          ) : null}
        </div>
        {message.metadata?.state === "interrupted" ? (
          <p className="mt-1 text-12 text-warn">{t("interrupted")}</p>
        ) : null}
        {verification ? (
          <div className="mt-2">
            <VerificationLine verification={verification} />
          </div>
        ) : null}
        {children}
      </div>
    </article>
  );
}

/** What happened rather than what was said: taken over, handed back, resolved. */
function SystemLine({ message }: { message: ChatMessage }) {
  return (
    <p className="flex items-baseline justify-center gap-2 px-4 py-2 text-center text-12 text-ink-3">
      <bdi>{textOf(message)}</bdi>
      {message.metadata?.createdAt ? <Time value={message.metadata.createdAt} /> : null}
    </p>
  );
}

function initial(name: string): ReactNode {
  return <span className="text-12 font-semibold">{[...name.trim()][0]?.toLocaleUpperCase() ?? "?"}</span>;
}
