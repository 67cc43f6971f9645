/** Why an answer did not come. `message` is the server's plain English, where it gave some. */
export interface ChatFailure {
  kind: "offline" | "quota" | "other";
  message: string | null;
}

const quotaCodes = new Set(["TOO_MANY_REQUESTS", "INSUFFICIENT_CREDITS"]);

/**
 * Reads what the chat transport threw: the body of a refusal (`{error: {code, message}}`), the text of a
 * failure in mid-stream, or the browser's TypeError when the server was not reached.
 */
export function readChatError(error: Error): ChatFailure {
  if (error instanceof TypeError) return { kind: "offline", message: null };
  const body = parse(error.message);
  if (body === undefined) {
    // A proxy's page says nothing to a reader.
    const readable = error.message !== "" && !error.message.trimStart().startsWith("<");
    return { kind: "other", message: readable ? error.message : null };
  }
  const refusal = field(body, "error");
  const code = field(refusal, "code");
  const message = field(refusal, "message");
  return {
    kind: typeof code === "string" && quotaCodes.has(code) ? "quota" : "other",
    message: typeof message === "string" ? message : null,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
