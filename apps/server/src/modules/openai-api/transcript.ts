import { sha256Hex } from "../../platform/crypto/index.ts";
import { AppError } from "../../platform/errors/index.ts";
import { messageText } from "../conversations/index.ts";
import type { ChatCompletionRequest } from "./openai-api.schema.ts";

/** Something that was said, as far as a bot heeds it. */
export interface Turn {
  role: "user" | "assistant";
  text: string;
}

/** A request's messages: what was said before, and what is asked now. */
export interface Transcript {
  /** Whom the client says that it speaks for. */
  user: string | null;
  earlier: Turn[];
  question: string;
}

/**
 * What a request says. System, developer and tool messages are left out: who may talk to a bot may not
 * instruct it. Throws VALIDATION_ERROR for content that is no text, and where nothing is asked.
 */
export function readTranscript(request: ChatCompletionRequest): Transcript {
  const turns = request.messages.flatMap((message, index): (Turn & { index: number })[] => {
    if (message.role !== "user" && message.role !== "assistant") return [];
    const text = clean(textOf(message.content, `messages[${index}].content`));
    if (text === "" && message.role === "assistant") return []; // it called tools, say
    return [{ role: message.role, text, index }];
  });
  const last = turns.at(-1);
  if (last?.role !== "user") {
    throw refuse("messages", "The last message must be one of role user: it is what the bot is asked.");
  }
  const question = messageText.safeParse(last.text);
  if (!question.success) {
    throw refuse(
      `messages[${last.index}].content`,
      `The last user message needs a text of 1 to 8,000 characters; this one has ${last.text.length}.`,
    );
  }
  return {
    user: request.safety_identifier ?? request.user ?? null,
    earlier: turns
      .slice(0, -1)
      .filter((turn) => turn.text !== "")
      .map(({ role, text }) => ({ role, text })),
    question: question.data,
  };
}

/** A digest of what was said and for whom: equal for equal transcripts, and for no others. */
export function digestOf(user: string | null, turns: Turn[]): string {
  return sha256Hex(JSON.stringify([user, ...turns.map(({ role, text }) => [role, clean(text)])]));
}

/** As the database keeps it, so that a text that came back from a client is still the same. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll("\0", "").trim();
}

function textOf(content: ChatCompletionRequest["messages"][number]["content"], param: string): string {
  if (content === null || content === undefined) return "";
  if (typeof content === "string") return content;
  return content
    .map((part, index) => {
      if (part.type === "text" && typeof part.text === "string") return part.text;
      if (part.type === "refusal" && typeof part.refusal === "string") return part.refusal;
      throw refuse(
        `${param}[${index}]`,
        `Bots read text only: send parts of type text with a text, not ${part.type}.`,
      );
    })
    .join("\n");
}

function refuse(param: string, message: string): AppError {
  return new AppError("VALIDATION_ERROR", message, { details: { param } });
}
