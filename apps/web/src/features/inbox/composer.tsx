import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { Button } from "../../ui/index.ts";
import { inboxStrings } from "./strings.ts";

interface ComposerProps {
  name: string;
  hint: string | null;
  text: string;
  onChange: (text: string) => void;
  onSend: (text: string) => void;
  /** Why the last reply did not go out. */
  failure: string | null;
  box: RefObject<HTMLTextAreaElement | null>;
}

/** Enter sends, Shift+Enter starts a new line, Escape leaves. */
export function Composer({ name, hint, text, onChange, onSend, failure, box }: ComposerProps) {
  const t = useT(inboxStrings);
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
      <div className="rounded-panel border border-line-strong bg-surface-1 focus-within:border-accent focus-within:outline focus-within:outline-accent">
        <textarea
          ref={box}
          dir="auto"
          rows={2}
          maxLength={8000}
          aria-label={t("reply.label", { name })}
          placeholder={t("reply.placeholder")}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          className="block field-sizing-content max-h-60 min-h-16 w-full resize-none bg-transparent px-3 pt-2.5 text-15 outline-none"
        />
        <div className="flex items-center justify-between gap-3 px-2 pb-2 ps-3">
          <p className="min-w-0 truncate text-12 text-ink-3">{hint ?? (focused ? t("reply.hint") : "")}</p>
          <Button
            variant="primary"
            size="sm"
            disabled={text.trim() === ""}
            onClick={send}
            icon={<SendHorizontal className="flip-rtl size-4" aria-hidden />}
          >
            {t("reply.send")}
          </Button>
        </div>
      </div>
    </div>
  );
}
