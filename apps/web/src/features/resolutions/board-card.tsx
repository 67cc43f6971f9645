import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { useNow } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { Badge, cx, Time } from "../../ui/index.ts";
import { isLate, priorityTones, type Resolution } from "./statuses.ts";
import { resolutionStrings } from "./strings.ts";

/** One resolution on the board: how urgent, whose, until when and how old it is. */
export function BoardCard({
  resolution,
  isOpen,
  moving,
  onKey,
}: {
  resolution: Resolution;
  isOpen: boolean;
  /** The card that was moved by a key: it takes the focus where it appears. */
  moving: RefObject<string | null>;
  onKey: (event: KeyboardEvent) => void;
}) {
  const t = useT(resolutionStrings);
  const { id, conversation, issueType, owningTeam, owner, priority, eta, sla, createdAt } = resolution;
  const late = isLate(resolution, useNow());
  const card = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (moving.current !== id) return;
    moving.current = null;
    card.current?.focus();
  }, [id, moving]);
  return (
    <li>
      <Link
        ref={card}
        to="/resolutions"
        search={(now) => ({ ...now, id })}
        resetScroll={false}
        data-id={id}
        aria-current={isOpen ? "true" : undefined}
        onKeyDown={onKey}
        className={cx(
          "flex flex-col gap-1.5 rounded-panel border bg-surface-1 p-3 hover:border-line-strong",
          isOpen ? "border-accent" : "border-line",
        )}
      >
        <span className="flex flex-wrap items-center gap-1.5">
          <Badge tone={priorityTones[priority]}>{priority}</Badge>
          <span dir="auto" className="min-w-0 truncate text-12 text-ink-3">
            {issueType}
          </span>
          {sla.breached ? <Badge tone="bad">{t("breached")}</Badge> : null}
        </span>
        <span dir="auto" className="line-clamp-2 text-match text-14 font-medium break-words text-ink-1">
          {conversation.subject ?? conversation.customerName ?? issueType}
        </span>
        <span className="flex flex-wrap gap-x-2 text-12 text-ink-2">
          <bdi>{owner?.name ?? t("owner.none")}</bdi>
          <span aria-hidden>·</span>
          <bdi>{owningTeam}</bdi>
        </span>
        <span className="flex flex-wrap gap-x-2 text-12 text-ink-3">
          <span>
            {t("age")} <Time value={createdAt} />
          </span>
          {eta ? (
            <span className={late ? "font-medium text-bad" : ""}>
              {t(late ? "eta.late" : "eta.by")} <Time value={eta.expectedResolutionAt} />
            </span>
          ) : null}
        </span>
      </Link>
    </li>
  );
}
