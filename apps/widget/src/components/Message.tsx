import type { ComponentChildren } from "preact";
import { Markdown } from "../markdown.tsx";
import { numberOf, titleOf } from "../sources.ts";
import type { Author, Message, Rating, SourcePart, Verification } from "../types.ts";
import { authorOf, isHuman, textOf } from "../types.ts";
import { Icon } from "./Icon.tsx";
import type { View } from "./view.ts";

interface BubbleProps {
  /** The speaker, said when it changes; the visitor's own is for screen readers only. */
  name: string | undefined;
  kind: Author["kind"];
  children: ComponentChildren;
}

/** One utterance. */
export function Bubble({ name, kind, children }: BubbleProps) {
  return (
    <article class={kind}>
      {name && <p class={kind === "customer" ? "unseen" : "fine"}>{name}</p>}
      <div class="bubble" dir="auto">
        {children}
      </div>
    </article>
  );
}

interface MessageProps extends View {
  message: Message;
  name: string | undefined;
}

export function MessageView({ message, name, ...view }: MessageProps) {
  const { kind } = authorOf(message);
  const text = textOf(message);
  if (kind === "system") {
    return (
      <p class="fine" dir="auto">
        {text}
      </p>
    );
  }
  return (
    <Bubble name={name} kind={kind}>
      {kind === "customer" ? text && <p>{text}</p> : <Answer {...view} message={message} text={text} />}
      {view.state.files?.of(message)}
    </Bubble>
  );
}

function Answer({ message, text, ...view }: View & { message: Message; text: string }) {
  const { t, state, chat } = view;
  const sources = message.parts.filter((part) => part.type === "source-document");
  const verification = message.parts.findLast((part) => part.type === "data-verification");
  const offer = message.parts.findLast((part) => part.type === "data-handoff");
  const whole = message.id !== state.growing;
  const shown = state.source?.startsWith(`${message.id} `) ? state.source : undefined;
  const keyOf = (source: SourcePart) => `${message.id} ${numberOf(source)}`;

  const mark = (source: SourcePart) => (
    <button
      type="button"
      class="mark"
      aria-label={`${numberOf(source)}: ${titleOf(source)}`}
      aria-expanded={keyOf(source) === shown}
      onClick={() => chat.showSource(keyOf(source))}
    >
      {numberOf(source)}
    </button>
  );
  const cite = (number: number) => {
    const source = sources.find((one) => numberOf(one) === number);
    return source && <sup>{mark(source)}</sup>;
  };
  const source = sources.find((one) => keyOf(one) === shown);
  return (
    <>
      <Markdown text={text} cite={cite} />
      {whole && sources[0] && !/\[\d+\]/.test(text) && <p class="fine">{sources.map(mark)}</p>}
      {source && state.passage?.(source)}
      {verification && <Doubts {...view} verification={verification.data} />}
      {offer?.data.offered && !isHuman(state.status) && (
        <button type="button" class="quiet" onClick={() => chat.handoff({ reason: offer.data.reason })}>
          {t("talk")}
        </button>
      )}
      {whole && message.metadata?.answerId && <Thumbs {...view} message={message} />}
    </>
  );
}

/** What the check found wrong, with its reason; and that an answer is quoted, not written. */
function Doubts({ t, verification }: View & { verification: Verification }) {
  const { mode, claims } = verification;
  if (mode === "extractive") return <p class="fine">{t("quoted")}</p>;
  const doubted = mode === "abstained" ? [] : claims.filter((claim) => claim.verdict === "unsupported");
  if (mode !== "withheld" && !doubted[0]) return null;
  return (
    <div class="notice">
      {t("unsupported")}
      <ul dir="auto">
        {doubted.map((claim) => (
          <li>
            {claim.text} {claim.reasons[0] && <i>({claim.reasons[0]})</i>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Thumbs({ t, chat, message }: View & { message: Message }) {
  const thumb = (rating: Rating) => (
    <button
      type="button"
      class={`plain ${rating}`}
      aria-label={t(rating)}
      aria-pressed={message.metadata?.rating === rating}
      onClick={() => chat.rate(message, rating)}
    >
      <Icon name="up" />
    </button>
  );
  return (
    <div class="thumbs">
      {thumb("up")}
      {thumb("down")}
    </div>
  );
}
