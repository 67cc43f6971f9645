import { readable } from "../contrast.ts";
import { Icon } from "./Icon.tsx";
import { Panel } from "./Panel.tsx";
import type { View } from "./view.ts";

/** The launcher and the panel; a closed panel stays, with what was typed in it. */
export function App(view: View) {
  const { state, t, onOpen, onClose } = view;
  const { open, unread, look, locale } = state;
  return (
    <div
      class={open ? "root open" : "root"}
      lang={locale}
      dir={locale === "ar" ? "rtl" : "ltr"}
      style={{ "--brand": readable(look.primaryColor) }}
    >
      <Panel {...view} />
      <button
        type="button"
        class="launcher"
        aria-label={t(open ? "close" : unread ? "openNew" : "open")}
        aria-expanded={open}
        onClick={open ? onClose : onOpen}
      >
        <Icon name={open ? "close" : "chat"} />
        {unread && <span class="dot" />}
      </button>
    </div>
  );
}
