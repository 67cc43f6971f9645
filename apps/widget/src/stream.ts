/** Server-sent events over fetch: EventSource can send neither a POST nor an Authorization header. */

export interface ServerEvent {
  /** The event's name; "message" when the server named none. */
  event: string;
  /** The event's own id, or undefined when it carries none. */
  id: string | undefined;
  data: string;
}

/**
 * Yields each event of an event stream, in order, however the bytes are cut. An event that the end
 * of the stream cuts off is dropped, as the standard says. The body is cancelled when the consumer
 * stops early.
 *
 * @param body the response's bytes, UTF-8
 * @param silenceMs after so long without a byte the stream ends; comments count as life
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  silenceMs: number,
): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const timer = setTimeout(() => reader.cancel(), silenceMs);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      // Lines end in LF or CRLF; within JSON neither stands unescaped.
      const blocks = (rest + decoder.decode(value, { stream: true }).replaceAll("\r", "")).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = parseBlock(block);
        if (event.data) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Reads one block of `field: value` lines; data over several lines is joined by line breaks. */
function parseBlock(block: string): ServerEvent {
  const read = (field: string) =>
    Array.from(block.matchAll(new RegExp(`^${field}: ?(.*)`, "gm")), ([, value]) => value);
  return { event: read("event")[0] ?? "message", id: read("id")[0], data: read("data").join("\n") };
}
