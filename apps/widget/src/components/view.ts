import type { Chat } from "../chat.ts";
import type { State } from "../state.ts";
import type { Translate } from "../strings.ts";
import type { Author } from "../types.ts";

/**
 * What every component draws from: the state, the words in the visitor's language, the acts. The
 * components keep nothing of their own, so that the whole view follows from the state.
 */
export interface View {
  state: State;
  t: Translate;
  chat: Chat;
  /** Opens and closes the panel and moves the focus with it. */
  onOpen(): void;
  onClose(): void;
}

/** The author's name to show, never empty. */
export function nameOf(author: Author, { state, t }: View): string {
  if (author.kind === "customer") return t("you");
  if (author.kind === "agent") return author.name || state.agent || t("colleague");
  return author.name || state.look.botName || t("bot");
}
