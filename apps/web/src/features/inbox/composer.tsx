import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, lazy, type RefObject, Suspense, useId, useRef, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { ConversationDetail } from "../../lib/models.ts";
import { useSession } from "../../lib/session.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { AttachmentList } from "./attachment-list.tsx";
import { filled, gapIn, slashWord } from "./canned.ts";
import { composerStrings } from "./composer.strings.ts";
import { ComposerTools } from "./composer-tools.tsx";
import { useAttachments } from "./use-attachments.ts";
import { useTellTyping } from "./use-beside.ts";
import { writingStrings } from "./writing.strings.ts";

const CannedPicker = lazy(() => import("./canned-picker.tsx"));

/** To the customer, or among colleagues. */
export const composerModes = ["reply", "note"] as const;
export type ComposerMode = (typeof composerModes)[number];

interface ComposerProps {
  conversation: ConversationDetail;
  name: string;
  /** The customer's language, as far as it is known. */
  language: string | null;
  mode: ComposerMode;
  onMode: (mode: ComposerMode) => void;
  hint: string | null;
  text: string;
  onChange: (text: string) => void;
  onSend: (text: string) => void;
  /** Why the last one did not go out. */
  failure: string | null;
  onFailure: (failure: string | null) => void;
  box: RefObject<HTMLTextAreaElement | null>;
}

/**
 * Enter sends, Shift+Enter starts a new line, Escape leaves, a slash looks for a canned reply; files are dropped or pasted
 * into it. Notes look unlike replies, so that none is taken for one.
 */
export function Composer(props: ComposerProps) {
  const { conversation, name, language, mode, onMode, hint, text, onChange, onSend, failure, box } = props;
  const t = useT(composerStrings);
  const writing = useT(writingStrings);
  const { user } = useSession();
  const isNote = mode === "note";
  const [focused, setFocused] = useState(false);
  const [cursor, setCursor] = useState(0);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const [activeOption, setActiveOption] = useState<string | undefined>();
  const pickerKeys = useRef<((key: string) => boolean) | null>(null);
  const pickerId = useId();
  const attachments = useAttachments(conversation.id);
  const tellTyping = useTellTyping(conversation.id);
  const slash = slashWord(text, Math.min(cursor, text.length));
  const isPicking = slash !== null && slash.from !== dismissed;

  function change(next: string, at: number) {
    onChange(next);
    setCursor(at);
    tellTyping(next.trim() !== "", isNote);
  }
  /** Puts words where the cursor is, or in the place of the slash and what follows it. */
  function insert(words: string, from = cursor) {
    const next = text.slice(0, from) + words + text.slice(cursor);
    change(next, from + words.length);
    setDismissed(null);
    box.current?.focus();
    requestAnimationFrame(() => box.current?.setSelectionRange(from + words.length, from + words.length));
  }

  function send() {
    const words = text.trim() || attachments.files.map(({ file }) => file.name).join(", ");
    if (words === "") return;
    const gap = gapIn(words);
    if (gap !== null) return props.onFailure(writing("gap", { gap }));
    if (!attachments.areReady) return props.onFailure(writing("files.wait"));
    tellTyping(false, isNote);
    onSend(words);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    // While an input method is composing, Enter chooses a word.
    if (event.nativeEvent.isComposing) return;
    if (isPicking && pickerKeys.current?.(event.key)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
    if (event.key !== "Escape") return;
    if (isPicking) setDismissed(slash.from);
    else event.currentTarget.blur();
  }

  return (
    <div className="shrink-0 border-t border-line p-3 md:p-4">
      {failure === null ? null : (
        <p role="alert" className="mb-2 rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
          {failure}
        </p>
      )}
      <Suspense>
        {isPicking ? (
          <CannedPicker
            id={pickerId}
            word={slash.word}
            language={language}
            keys={pickerKeys}
            onActive={setActiveOption}
            onPick={(reply) => insert(filled(reply, conversation, user.name), slash.from)}
          />
        ) : null}
      </Suspense>
      <fieldset className="mb-2 flex gap-1">
        <legend className="sr-only">{t("composer.mode")}</legend>
        {composerModes.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === mode}
            disabled={each === "reply" && !conversation.allowed.reply}
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
          {...(isPicking && activeOption
            ? {
                "aria-controls": pickerId,
                "aria-activedescendant": activeOption,
                "aria-autocomplete": "list",
              }
            : {})}
          value={text}
          onChange={({ target }) => change(target.value, target.selectionEnd)}
          onSelect={({ currentTarget }) => setCursor(currentTarget.selectionEnd)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            attachments.add([...event.clipboardData.files]);
          }}
          onDrop={(event) => {
            if (event.dataTransfer.files.length === 0) return;
            event.preventDefault();
            attachments.add([...event.dataTransfer.files]);
          }}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            tellTyping(false, isNote);
          }}
          className="block field-sizing-content max-h-60 min-h-16 w-full resize-none bg-transparent px-3 pt-2.5 text-15 outline-none"
        />
        <AttachmentList files={attachments.files} onRetry={attachments.retry} onRemove={attachments.remove} />
        <div className="flex flex-wrap items-center justify-between gap-2 px-2 pb-2">
          <ComposerTools
            text={text}
            language={isNote ? null : language}
            onFiles={attachments.add}
            onCanned={() => insert(text.slice(0, cursor).match(/(?:^|\s)$/) ? "/" : " /")}
            onTranslated={(translated) => change(translated, translated.length)}
          />
          <p className="min-w-0 grow truncate text-12 text-ink-3">
            {isNote ? t("note.hint") : (hint ?? (focused ? t("reply.hint") : ""))}
          </p>
          <Button
            variant="primary"
            size="sm"
            disabled={text.trim() === "" && attachments.files.length === 0}
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
