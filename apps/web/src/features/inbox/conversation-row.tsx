import { Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import type { Conversation } from "../../lib/models.ts";
import { StatusDot } from "../../ui/badge.tsx";
import { cx } from "../../ui/cx.ts";
import { Time } from "../../ui/time.tsx";
import { deskStrings } from "./desk.strings.ts";
import { DueMark } from "./due-mark.tsx";
import { inboxStrings } from "./strings.ts";
import { prefetchConversation } from "./use-conversations.ts";
import { statusTones } from "./views.ts";
import { whoOf } from "./who.ts";

/** Who, the last line, when, and whose turn it is. */
export function ConversationRow({
  conversation,
  selected,
  fresh,
  isChosen,
  onChoose,
}: {
  conversation: Conversation;
  selected: boolean;
  fresh: boolean;
  /** Of several that something is done to. */
  isChosen: boolean;
  /** There while several are being chosen. */
  onChoose: ((id: string) => void) | null;
}) {
  const t = useT(inboxStrings);
  const desk = useT(deskStrings);
  const { id, bot, status } = conversation;
  return (
    <li id={`conversation-${id}`} className={cx(onChoose && "flex items-stretch", fresh && "cue")}>
      {onChoose ? (
        <label className="flex items-center border-b border-line ps-4">
          <input
            type="checkbox"
            className="size-4"
            checked={isChosen}
            aria-label={desk("select.of", { name: whoOf(conversation, t) })}
            onChange={() => onChoose(id)}
          />
        </label>
      ) : null}
      <Link
        to="/inbox/$conversationId"
        params={{ conversationId: id }}
        search={(now) => now}
        onPointerEnter={() => prefetchConversation(id)}
        aria-current={selected ? "true" : undefined}
        className={cx(
          "relative flex min-w-0 grow flex-col gap-0.5 border-b border-line px-4 py-2.5 focus-visible:-outline-offset-2",
          selected ? "bg-surface-3" : "hover:bg-surface-2",
        )}
      >
        {fresh ? (
          <span className="absolute inset-y-0 start-0 w-1 bg-warn">
            <span className="sr-only">{t("row.new")}</span>
          </span>
        ) : null}
        <span className="flex items-baseline gap-2">
          <span
            dir="auto"
            className={cx(
              "min-w-0 grow truncate text-match text-14",
              fresh ? "font-semibold" : "font-medium",
            )}
          >
            {whoOf(conversation, t)}
          </span>
          {conversation.unread > 0 ? (
            <span className="shrink-0 rounded-full bg-accent-fill px-1.5 text-12 font-semibold text-on-accent">
              <span aria-hidden>{conversation.unread}</span>
              <span className="sr-only">{t("row.unread", { count: conversation.unread })}</span>
            </span>
          ) : null}
          <Time
            value={conversation.lastMessageAt ?? conversation.createdAt}
            className="shrink-0 text-12 text-ink-3"
          />
        </span>
        <span dir="auto" className="truncate text-match text-13 text-ink-2">
          {conversation.hit ? (
            <Hit parts={conversation.hit} />
          ) : (
            (conversation.lastMessageText ?? conversation.subject ?? "")
          )}
        </span>
        <span className="mt-0.5 flex items-center gap-2 text-12 text-ink-3 [&>:first-child]:text-12">
          <StatusDot tone={statusTones[status]} label={t(`status.${status}`)} />
          <DueMark conversation={conversation} />
          {conversation.severity ? (
            <span
              className={cx(
                "shrink-0 font-semibold",
                conversation.severity === "P0" || conversation.severity === "P1" ? "text-bad" : "text-ink-2",
              )}
            >
              {conversation.severity}
            </span>
          ) : null}
          <span className="min-w-0 truncate">
            · {bot ? <bdi>{bot.name}</bdi> : t(`channel.${conversation.channel}`)}
            {conversation.assignee ? (
              <>
                {" · "}
                <bdi>{conversation.assignee.name}</bdi>
              </>
            ) : null}
          </span>
        </span>
      </Link>
    </li>
  );
}

/** The words around what was searched for, which is marked. */
function Hit({ parts }: { parts: NonNullable<Conversation["hit"]> }) {
  return parts.map(({ text, found }, place) => {
    const key = `${place} ${text}`; // the parts of one text in their order
    return found ? (
      <mark key={key} className="bg-warn-soft font-semibold text-ink-1">
        {text}
      </mark>
    ) : (
      <span key={key}>{text}</span>
    );
  });
}
