import { Fragment } from "preact";
import type { Failure } from "../state.ts";
import { authorOf, isHuman } from "../types.ts";
import { Bubble, MessageView } from "./Message.tsx";
import { nameOf, type View } from "./view.ts";

/** The thread. Announced politely, and a streaming answer only once it is whole. */
export function Log(view: View) {
  const { state, t } = view;
  const waiting = state.busy && !isHuman(state.status);
  const doing = waiting ? t(state.stage) : state.typing && t("typing", state.typing);
  let speaker = nameOf({ kind: "bot" }, view);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div class="log" role="log" aria-label={t("title")} aria-busy={state.busy} tabIndex={0}>
      <Bubble name={speaker} kind="bot">
        <p>{state.look.greeting || t("greeting")}</p>
      </Bubble>
      {state.messages.map((message) => {
        const name = nameOf(authorOf(message), view);
        const showName = name !== speaker;
        speaker = name;
        return (
          <Fragment key={message.id}>
            <MessageView {...view} message={message} name={showName ? name : undefined} />
            {state.failures.map(
              (failure) => failure.after === message.id && <Notice {...view} failure={failure} />,
            )}
          </Fragment>
        );
      })}
      {state.problem && !state.failures[0] && <Notice {...view} failure={{ problem: state.problem }} />}
      {state.survey?.()}
      {doing && <p class="stage fine">{doing}</p>}
    </div>
  );
}

/** What went wrong, what is kept, and the way to try again. */
function Notice({ t, chat, state, failure }: View & { failure: Failure }) {
  return (
    <div class="notice" role="alert">
      {t(failure.problem)}
      {!state.busy && (
        <button type="button" class="quiet" onClick={() => chat.retry(failure.question)}>
          {t("retry")}
        </button>
      )}
    </div>
  );
}
