import { Icon } from "./Icon.tsx";
import type { View } from "./view.ts";

/** Where the visitor writes. Enter sends, Shift+Enter breaks the line; the box grows with the text. */
export function Composer({ state, t, chat }: View) {
  const { files } = state;
  return (
    <>
      {files?.list()}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const area = event.currentTarget.querySelector("textarea");
          const text = area?.value.trim() ?? "";
          area?.focus();
          if (state.busy || !area || !(files ? files.may(text) : text)) return;
          area.value = "";
          grow(area);
          chat.send(text);
        }}
      >
        {files?.button()}
        <textarea
          rows={1}
          dir="auto"
          aria-label={t("placeholder")}
          placeholder={t("placeholder")}
          onInput={({ currentTarget }) => {
            grow(currentTarget);
            // every few seconds, as fast as people write
            if (currentTarget.value.length % 16 === 1) chat.tell("typing");
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
        />
        <button
          type={state.busy ? "button" : "submit"}
          class="send"
          aria-label={t(state.busy ? "stop" : "send")}
          onClick={() => state.busy && chat.stop()}
        >
          <Icon name={state.busy ? "stop" : "send"} />
        </button>
      </form>
    </>
  );
}

function grow(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  // The height has the style sheet's border in it, the scroll height has not.
  area.style.height = `${area.scrollHeight + 2}px`;
}
