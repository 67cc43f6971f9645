import { readable } from "../contrast.ts";
import { isHuman } from "../types.ts";
import { Composer } from "./Composer.tsx";
import { Handoff, TalkButton } from "./Handoff.tsx";
import { Log } from "./Log.tsx";
import type { View } from "./view.ts";

/** The chat as a whole page. Its title stands in the document already, before the server was asked. */
export function Page(view: View) {
  const { state, t } = view;
  const { look, locale } = state;
  const bot = look.botName || t("bot");
  return (
    <div
      class="root page"
      lang={locale}
      dir={locale === "ar" ? "rtl" : "ltr"}
      style={{ "--brand": readable(look.primaryColor) }}
    >
      <main class="panel" aria-labelledby="title">
        <header>
          <div>
            <h1 id="title" dir="auto">
              {look.headerText || document.title}
            </h1>
            <p class="fine" dir="auto">
              {isHuman(state.status) ? state.agent || t("colleague") : `${bot} · ${t("automatic")}`}
            </p>
          </div>
        </header>
        <Log {...view} />
        {state.offline && (
          <p class="banner" role="status">
            {t("offline")}
          </p>
        )}
        <Handoff {...view} />
        <Composer {...view} />
        <footer>
          <TalkButton {...view} />
        </footer>
      </main>
    </div>
  );
}
