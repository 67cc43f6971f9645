import { createUIMessageStream, createUIMessageStreamResponse, type UIMessageStreamWriter } from "ai";
import type { AnswerEvent } from "../answers/index.ts";
import { type ChatMessage, toSource } from "./ui-message.ts";

/**
 * An answer as the AI SDK's UI message stream. It is written to its end even when the reader has gone,
 * because what was said must be kept; the model itself is stopped by the signal given to `ask`.
 */
export function toUiStream(
  events: AsyncIterable<AnswerEvent>,
  onFailure: (error: unknown) => string,
): Response {
  const stream = createUIMessageStream<ChatMessage>({
    onError: onFailure,
    execute: async ({ writer }) => {
      const text = new TextParts(writer);
      let begun = false;
      let conversationId = "";
      for await (const event of events) {
        if (event.type === "start" || event.type === "delivered") conversationId = event.conversationId;
        // a message that goes to a human has no beginning and no end of its own
        if (!begun && event.type === "delivered") {
          writer.write({ type: "start", messageMetadata: { conversationId } });
          write(writer, text, conversationId, event);
          writer.write({ type: "finish" });
        } else write(writer, text, conversationId, event);
        begun = true;
      }
    },
  });
  return createUIMessageStreamResponse({ stream, headers: { "x-accel-buffering": "no" } });
}

function write(
  writer: UIMessageStreamWriter<ChatMessage>,
  text: TextParts,
  conversationId: string,
  event: AnswerEvent,
): void {
  switch (event.type) {
    case "start":
      writer.write({
        type: "start",
        messageId: event.messageId,
        messageMetadata: {
          conversationId,
          author: { kind: "bot", name: null },
          createdAt: new Date().toISOString(),
        },
      });
      break;
    case "delivered":
      text.close();
      writer.write({ type: "data-delivered", data: { to: event.to } });
      break;
    case "stage": {
      const { stage, ms, summary } = event.stage;
      writer.write({ type: "data-stage", data: { stage, ms, summary }, transient: true });
      break;
    }
    case "citation":
      writer.write(toSource(event.citation));
      break;
    case "delta":
      text.add(event.delta);
      break;
    case "paragraph":
      text.close();
      break;
    case "retracted":
      text.close();
      writer.write({ type: "data-retracted", data: {} });
      break;
    case "verification": {
      const { type: _type, ...data } = event;
      text.close();
      writer.write({ type: "data-verification", data });
      break;
    }
    case "handoff":
      writer.write({ type: "data-handoff", data: { offered: true, reason: event.reason } });
      break;
    case "end":
      text.close();
      writer.write({
        type: "finish",
        messageMetadata: { conversationId, answerId: event.answerId, state: event.state },
      });
      break;
  }
}

/** Opens and closes text parts around the words. */
class TextParts {
  readonly #writer: UIMessageStreamWriter<ChatMessage>;
  #count = 0;
  #open = false;

  constructor(writer: UIMessageStreamWriter<ChatMessage>) {
    this.#writer = writer;
  }

  add(delta: string): void {
    if (!this.#open) {
      this.#count++;
      this.#open = true;
      this.#writer.write({ type: "text-start", id: String(this.#count) });
    }
    this.#writer.write({ type: "text-delta", id: String(this.#count), delta });
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#writer.write({ type: "text-end", id: String(this.#count) });
  }
}
