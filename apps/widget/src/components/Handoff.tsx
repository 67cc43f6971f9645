import { isHuman } from "../types.ts";
import type { View } from "./view.ts";

/** Says that a person answers, who, and what to do when nobody is there. */
export function Handoff(view: View) {
  const { state, t, chat } = view;
  const { agent, handoff, handoffFailed } = state;
  const human = isHuman(state.status);
  if (!human && !handoffFailed) return null;
  // whoever asked in words, or came back, was not told whether somebody is there: an address does no harm
  const away = human && !agent && !handoff?.online;
  const asksEmail = away && !handoff?.emailed && !handoffFailed;
  let words = t("waiting");
  if (handoffFailed) words = t("lost");
  else if (agent) words = t("agentHere", agent);
  return (
    <div class="banner" role="status">
      {asksEmail ? <EmailForm t={t} chat={chat} /> : <p dir="auto">{words}</p>}
    </div>
  );
}

function EmailForm({ t, chat }: Pick<View, "t" | "chat">) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void chat.handoff({ email: event.currentTarget.querySelector("input")?.value });
      }}
    >
      <label>
        {t("email")}
        <input type="email" required dir="ltr" autocomplete="email" />
      </label>
      <button type="submit" class="quiet">
        {t("send")}
      </button>
    </form>
  );
}

/** The way to a person, always in sight until one has the conversation. */
export function TalkButton({ state, t, chat }: View) {
  if (isHuman(state.status)) return null;
  return (
    <button type="button" class="quiet" onClick={() => chat.handoff()}>
      {t("talk")}
    </button>
  );
}
