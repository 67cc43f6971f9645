import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { inboxStrings } from "./strings.ts";

/** To the customer, or among colleagues. */
export const composerModes = ["reply", "note"] as const;
export type ComposerMode = (typeof composerModes)[number];

interface ComposerProps {
  name: string;
  mode: ComposerMode;
  onMode: (mode: ComposerMode) => void;
  /** False where a colleague has the conversation: notes may be written all the same. */
  mayReply: boolean;
  hint: string | null;
  text: string;
  onChange: (text: string) => void;
  onSend: (text: string) => void;
  /** Why the last reply did not go out. */
  failure: string | null;
  box: RefObject<HTMLTextAreaElement | null>;
}

/** Enter sends, Shift+Enter starts a new line, Escape leaves. Notes look unlike replies, so that none is taken for one. */
export function Composer(props: ComposerProps) {
  const { name, mode, onMode, mayReply, hint, text, onChange, onSend, failure, box } = props;
  const t = useT(inboxStrings);
  const isNote = mode === "note";
  const [focused, setFocused] = useState(false);

  function send() {
    const trimmed = text.trim();
    if (trimmed !== "") onSend(trimmed);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    // While an input method is composing, Enter chooses a word.
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape") event.currentTarget.blur();
  }

  return (
    <div className="shrink-0 border-t border-line p-3 md:p-4">
      {failure === null ? null : (
        <p role="alert" className="mb-2 rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
          {t("reply.failed", { reason: failure })}
        </p>
      )}
      <fieldset className="mb-2 flex gap-1">
        <legend className="sr-only">{t("composer.mode")}</legend>
        {composerModes.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === mode}
            disabled={each === "reply" && !mayReply}
            onClick={() => {
              onMode(each);
              box.current?.focus();
            }}
            className={cx(
              "h-7 rounded-control px-2.5 text-13 font-medium disabled:opacity-50",
              each !== mode && "text-ink-2 hover:bg-surface-2",
              each === mode && (isNote ? "bg-warn-soft text-warn" : "bg-surface-3 text-ink-1"),
            )}
          >
            {t(`composer.${each}`)}
          </button>
        ))}
      </fieldset>
      <div
        className={cx(
          "rounded-panel border focus-within:outline",
          isNote
            ? "border-warn bg-warn-soft focus-within:outline-warn"
            : "border-line-strong bg-surface-1 focus-within:border-accent focus-within:outline-accent",
        )}
      >
        <textarea
          ref={box}
          dir="auto"
          rows={2}
          maxLength={8000}
          aria-label={isNote ? t("note.label") : t("reply.label", { name })}
          placeholder={isNote ? t("note.placeholder") : t("reply.placeholder")}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          className="block field-sizing-content max-h-60 min-h-16 w-full resize-none bg-transparent px-3 pt-2.5 text-15 outline-none"
        />
        <div className="flex items-center justify-between gap-3 px-2 pb-2 ps-3">
          <p className="min-w-0 truncate text-12 text-ink-3">
            {isNote ? t("note.hint") : (hint ?? (focused ? t("reply.hint") : ""))}
          </p>
          <Button
            variant="primary"
            size="sm"
            disabled={text.trim() === ""}
            onClick={send}
            icon={<SendHorizontal className="flip-rtl size-4" aria-hidden />}
          >
            {isNote ? t("note.send") : t("reply.send")}
          </Button>
        </div>
      </div>
    </div>
  );
}
