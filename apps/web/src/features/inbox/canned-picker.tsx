import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type RefObject, useEffect, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { cx, explainError, uiStrings } from "../../ui/index.ts";
import { writingStrings } from "./writing.strings.ts";

/** So many are offered; typing on finds the others. */
const mostShown = 8;

interface CannedPickerProps {
  id: string;
  word: string;
  /** The customer's language, whose replies come first. */
  language: string | null;
  onPick: (text: string) => void;
  /** Keys of the box that the list takes: true where it took one. */
  keys: RefObject<((key: string) => boolean) | null>;
  onActive: (optionId: string | undefined) => void;
}

/** Canned replies by the word after the slash. The arrows choose while the cursor stays in the box. */
export default function CannedPicker({ id, word, language, onPick, keys, onActive }: CannedPickerProps) {
  const t = useT(writingStrings);
  const ui = useT(uiStrings);
  const replies = useQuery(
    trpc.cannedReplies.list.queryOptions(word === "" ? {} : { search: word }, {
      placeholderData: (before) => before,
    }),
  );
  const [place, setPlace] = useState(0);
  const rank = (reply: { shortcut: string; language: string }) =>
    (reply.shortcut.startsWith(word.toLowerCase()) ? 0 : 2) + (reply.language === language ? 0 : 1);
  const shown = [...(replies.data ?? [])].sort((a, b) => rank(a) - rank(b)).slice(0, mostShown);
  const active = shown[Math.min(place, shown.length - 1)];
  const optionOf = (reply: { id: string }) => `${id}-${reply.id}`;
  const activeId = active && optionOf(active);

  useEffect(() => {
    onActive(activeId);
    return () => onActive(undefined);
  }, [activeId, onActive]);
  useEffect(() => {
    keys.current = (key) => {
      const at = active ? shown.indexOf(active) : 0;
      if (key === "ArrowDown") setPlace((at + 1) % Math.max(1, shown.length));
      else if (key === "ArrowUp") setPlace((at - 1 + shown.length) % Math.max(1, shown.length));
      else if ((key === "Enter" || key === "Tab") && active) onPick(active.text);
      else return false;
      return true;
    };
    return () => {
      keys.current = null;
    };
  });

  return (
    <div className="mb-2 max-h-60 overflow-auto rounded-control border border-line bg-surface-1">
      {replies.isError ? (
        <p role="alert" className="px-3 py-2 text-13 text-bad">
          {explainError(replies.error, ui)}
        </p>
      ) : replies.isPending ? null : shown.length === 0 ? (
        <p role="status" className="px-3 py-2 text-13 text-ink-2">
          {t("canned.none")}{" "}
          <Link to="/settings" search={{ tab: "canned" }} className="text-accent underline">
            {t("canned.manage")}
          </Link>
        </p>
      ) : (
        <div id={id} role="listbox" aria-label={t("canned")}>
          {shown.map((reply) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the box keeps the focus and hands its keys over
            // biome-ignore lint/a11y/useFocusableInteractive: it is the box's active descendant
            <div
              key={reply.id}
              id={optionOf(reply)}
              role="option"
              aria-selected={reply === active}
              className={cx("px-3 py-2 text-13", reply === active ? "bg-surface-3" : "hover:bg-surface-2")}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(reply.text)}
            >
              <bdi className="font-medium">/{reply.shortcut}</bdi>{" "}
              <span className="text-12 text-ink-3">{reply.language}</span>
              <p dir="auto" className="truncate text-match text-ink-2">
                {reply.text}
              </p>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
