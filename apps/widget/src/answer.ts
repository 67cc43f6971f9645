import type { Chunk, Message, Part, ServerStage } from "./types.ts";

/** What the bot does at this moment; each is a string of the same name. */
export type Stage = "searching" | "writing" | "checking";

const NEXT: Partial<Record<ServerStage, Stage>> = {
  understand: "searching",
  retrieve: "searching",
  grade: "writing",
};

/** An answer while it arrives. Never changed in place: each chunk makes a new one. */
export interface Draft {
  message: Message;
  stage: Stage;
  /** A person has the conversation; no answer text follows. */
  delivered: boolean;
  /** `finish` arrived: the answer is whole. */
  finished: boolean;
}

/** A draft without content; `id` holds until the server names the message. */
export function emptyDraft(id: string): Draft {
  const message: Message = { id, role: "assistant", parts: [] };
  return { message, stage: "searching", delivered: false, finished: false };
}

/**
 * The draft after one chunk of the UI message stream. Chunks of an unknown type change nothing.
 *
 * @throws Error when the server gave up; its words are for a log, not for the visitor
 */
export function applyChunk(draft: Draft, chunk: Chunk): Draft {
  const { message } = draft;
  const { parts } = message;
  const grown = (more: Part[]): Draft => ({ ...draft, message: { ...message, parts: more } });
  switch (chunk.type) {
    case "start":
    case "message-metadata":
    case "finish":
      return {
        ...draft,
        finished: chunk.type === "finish",
        message: {
          ...message,
          id: chunk.messageId ?? message.id,
          metadata: { ...message.metadata, ...chunk.messageMetadata },
        },
      };
    case "text-start":
      return grown([...parts, { type: "text", text: "" }]);
    case "text-delta": {
      const index = parts.findLastIndex((part) => part.type === "text");
      const open = parts[index];
      return open?.type === "text"
        ? grown(parts.with(index, { ...open, text: open.text + chunk.delta }))
        : draft;
    }
    case "data-retracted": // a document that it rests on is gone: it begins anew
      return grown([]);
    case "source-document":
    case "data-verification":
    case "data-handoff":
      return grown([...parts, chunk]);
    case "data-stage":
      return { ...draft, stage: NEXT[chunk.data.stage] ?? "checking" };
    case "data-delivered":
      return { ...draft, delivered: true };
    case "error":
    case "abort":
      throw new Error(chunk.type);
    default:
      return draft;
  }
}

/** Whether there is something to read, so that a bubble would not be empty. */
export function hasContent(message: Message): boolean {
  return message.parts.some((part) =>
    part.type === "text" ? part.text.trim() : /handoff|attachment/.test(part.type),
  );
}
