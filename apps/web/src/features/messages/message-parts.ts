import type { ChatMessage, Citation } from "../../lib/models.ts";

/** What a message says, cites, and how far it was checked: read out of its stream parts. */

export type Verification = Extract<ChatMessage["parts"][number], { type: "data-verification" }>["data"];

/** What stands of a message: nothing of what was taken back. */
function standingParts({ parts }: ChatMessage): ChatMessage["parts"] {
  return parts.slice(parts.findLastIndex(({ type }) => type === "data-retracted") + 1);
}

/** All text of a message, its parts joined as paragraphs. */
export function textOf(message: ChatMessage): string {
  return standingParts(message)
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n\n");
}

/** The sources of a message, by number. A source whose details are incomplete is left out. */
export function citationsOf(message: ChatMessage): Citation[] {
  const citations = standingParts(message).flatMap((part) => {
    if (part.type !== "source-document") return [];
    const citation: unknown = part.providerMetadata?.parlance;
    return isCitation(citation) ? [citation] : [];
  });
  return citations.sort((a, b) => a.number - b.number);
}

export type SentFile = Extract<ChatMessage["parts"][number], { type: "data-attachment" }>["data"];

/** The files that came with a message. */
export function filesOf({ parts }: ChatMessage): SentFile[] {
  return parts.flatMap((part) => (part.type === "data-attachment" ? [part.data] : []));
}

/** The outcome of checking the answer; absent while it is still being written. */
export function verificationOf(message: ChatMessage): Verification | null {
  const part = message.parts.findLast((each) => each.type === "data-verification");
  return part?.type === "data-verification" ? part.data : null;
}

/** Provider metadata is untyped JSON on the wire; this is the boundary where it becomes a Citation. */
function isCitation(value: unknown): value is Citation {
  if (typeof value !== "object" || value === null) return false;
  const field = (name: keyof Citation): unknown => Reflect.get(value, name);
  return (
    typeof field("number") === "number" &&
    typeof field("documentId") === "string" &&
    typeof field("documentName") === "string" &&
    typeof field("version") === "number" &&
    typeof field("startOffset") === "number" &&
    typeof field("endOffset") === "number" &&
    typeof field("quote") === "string" &&
    Array.isArray(field("headingPath")) &&
    typeof field("source") === "object"
  );
}
