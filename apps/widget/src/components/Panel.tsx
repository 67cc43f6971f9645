import { Answerer, Body } from "./Body.tsx";
import { Icon } from "./Icon.tsx";
import type { View } from "./view.ts";

/** On a phone the panel covers the page, so it is modal there; the style sheet says the same width. */
const NARROW = matchMedia("(max-width: 480px)");

export function Panel(view: View) {
  const { state, t, onClose } = view;
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    if (event.key === "Escape" && !event.isComposing) onClose();
    else if (event.key === "Tab" && NARROW.matches) keepFocus(event, event.currentTarget);
  };
  return (
    <section
      class="panel"
      role="dialog"
      aria-modal={NARROW.matches}
      aria-labelledby="title"
      hidden={!state.open}
      onKeyDown={onKeyDown}
    >
      <header>
        <div>
          <h2 id="title">
            <bdi>{state.look.headerText || t("title")}</bdi>
          </h2>
          <Answerer {...view} />
        </div>
        <button type="button" class="plain" aria-label={t("close")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <Body {...view} />
    </section>
  );
}

/** Tab goes around inside the panel. */
function keepFocus(event: KeyboardEvent, box: HTMLElement): void {
  const stops = [...box.querySelectorAll<HTMLElement>("button:enabled, textarea, input, a, [tabindex]")];
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (!from?.matches(":focus")) return;
  event.preventDefault();
  to?.focus();
}
