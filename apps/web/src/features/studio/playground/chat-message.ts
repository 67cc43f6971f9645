import type { UIMessage } from "ai";
import type { ChatMessage } from "../../../lib/models.ts";

type Part = ChatMessage["parts"][number];
type DataOf<Name extends string, P = Part> = P extends { type: `data-${Name}`; data: infer Data }
  ? Data
  : never;

/** A message as `useChat` holds it: the server's metadata and data parts in the AI SDK's own type. */
export type LiveMessage = UIMessage<
  NonNullable<ChatMessage["metadata"]>,
  {
    stage: DataOf<"stage">;
    verification: DataOf<"verification">;
    handoff: DataOf<"handoff">;
    delivered: DataOf<"delivered">;
  }
>;

// The server's messages are UIMessages. tRPC's type of "sent as JSON" only hides that, by making optional
// what JSON would leave out; a message consists of JSON, so the two are the same value.

export function toLive(messages: readonly ChatMessage[]): LiveMessage[] {
  return messages as unknown as LiveMessage[];
}

export function fromLive(messages: readonly LiveMessage[]): ChatMessage[] {
  return messages as unknown as ChatMessage[];
}
