import { isHuman } from "../types.ts";
import { Composer } from "./Composer.tsx";
import { Handoff, TalkButton } from "./Handoff.tsx";
import { Log } from "./Log.tsx";
import type { View } from "./view.ts";

/** Who answers now: a person by name, or the bot, which says that it is one. In its own direction, where the panel begins. */
export function Answerer({ state, t }: View) {
  return (
    <p class="fine">
      <bdi>
        {isHuman(state.status)
          ? state.agent || t("colleague")
          : `${state.look.botName || t("bot")} · ${t("automatic")}`}
      </bdi>
    </p>
  );
}

/** Everything below the header, on a page and in the panel alike. */
export function Body(view: View) {
  const { state, t } = view;
  return (
    <>
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
    </>
  );
}
