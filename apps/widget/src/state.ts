import type { ComponentChild } from "preact";
import type { Stage } from "./answer.ts";
import type { Files } from "./files.ts";
import type { Locale } from "./strings.ts";
import type { HandoffResult, Look, Message, SourcePart, Status } from "./types.ts";

/** Why something did not happen, in the visitor's terms; each is a string of the same name. */
export type Problem = "offline" | "lost" | "failed" | "busy" | "unavailable";

/** A question without a whole answer; or, without a question, a conversation that did not open. */
export interface Failure {
  problem: Problem;
  question?: Message;
  /** The message that the notice follows: the kept part of the answer, or the question. */
  after?: string;
}

/** What the server said when a person was asked for. */
export interface Handoff extends HandoffResult {
  /** An address to be answered at was given. */
  emailed: boolean;
}

/** Everything that the widget shows. Replaced, never changed in place. */
export interface State {
  open: boolean;
  locale: Locale;
  look: Partial<Look>;
  /** Why the conversation could not be opened. */
  problem?: Problem | undefined;
  status: Status;
  /** The name of the person who answers. */
  agent?: string | undefined;
  messages: Message[];
  /** A question is on its way or being answered. */
  busy: boolean;
  /** What the bot does at this moment. */
  stage: Stage;
  /** The id of the answer that is still growing. */
  growing?: string | undefined;
  failures: Failure[];
  /** Who is writing at this moment. */
  typing?: string | undefined;
  handoff?: Handoff | undefined;
  /** A person was asked for, and the server could not be reached. */
  handoffFailed?: boolean;
  /** The citation that is open: the message's id, a blank, the source's number. */
  source?: string | undefined;
  /** Draws the passage behind a citation; there once one was opened. */
  passage?: (source: SourcePart) => ComponentChild;
  /** Draws what the visitor is asked since their conversation was resolved. */
  survey?: () => ComponentChild;
  /** Draws and sends files; there once the chat was opened. */
  files?: Files;
  unread: boolean;
  offline: boolean;
}

export function initialState(locale: Locale, look: Partial<Look>): State {
  return {
    open: false,
    locale,
    look,
    status: "new",
    messages: [],
    busy: false,
    stage: "searching",
    failures: [],
    unread: false,
    offline: !navigator.onLine,
  };
}

/** The thread with the message in it: in place of the one with its id, or else at the end. */
export function withMessage(messages: Message[], message: Message): Message[] {
  const index = messages.findIndex((known) => known.id === message.id);
  return index < 0 ? [...messages, message] : messages.with(index, message);
}
