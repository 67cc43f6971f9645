import { SendHorizontal, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { Button, TextArea } from "../../../ui/index.ts";
import { playgroundStrings } from "./strings.ts";

/** Enter sends, Shift+Enter breaks the line. While an answer comes, the button stops it. */
export function Composer({
  busy,
  onSend,
  onStop,
}: {
  busy: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
}) {
  const t = useT(playgroundStrings);
  const [text, setText] = useState("");

  function send() {
    if (busy || text.trim() === "") return;
    onSend(text.trim());
    setText("");
  }
  function onKeyDown(event: KeyboardEvent) {
    // Enter that chooses a word of an input method is not meant for us.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }
  return (
    <form
      className="flex shrink-0 items-end gap-2 border-t border-line p-3"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <TextArea
        label={t("composer")}
        labelHidden
        grows
        rows={1}
        maxLength={8_000}
        className="min-w-0 grow"
        boxClassName="max-h-40 resize-none! overflow-y-auto"
        placeholder={t("composer.placeholder")}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      {busy ? (
        <Button icon={<Square className="size-3.5" aria-hidden />} onClick={onStop}>
          {t("stop")}
        </Button>
      ) : (
        <Button
          type="submit"
          variant="primary"
          aria-disabled={text.trim() === "" || undefined}
          icon={<SendHorizontal className="flip-rtl size-4" aria-hidden />}
        >
          {t("send")}
        </Button>
      )}
    </form>
  );
}
