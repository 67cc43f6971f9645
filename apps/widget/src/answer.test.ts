import { describe, expect, test } from "vitest";
import { applyChunk, emptyDraft, hasContent } from "./answer.ts";
import { type Chunk, textOf } from "./types.ts";

const chunks: Chunk[] = [
  { type: "start", messageId: "m1" },
  { type: "data-stage", data: { stage: "grade" } },
  { type: "source-document", sourceId: "1", title: "Refunds" },
  { type: "text-start", id: "t" },
  { type: "text-delta", id: "t", delta: "Fourteen " },
  { type: "text-delta", id: "t", delta: "days [1]." },
  { type: "finish", messageMetadata: { answerId: "a1" } },
];

describe("applyChunk", () => {
  test("builds the message, its sources and its metadata", () => {
    const draft = chunks.reduce(applyChunk, emptyDraft("local"));
    expect(draft).toMatchObject({ finished: true, stage: "writing" });
    expect(draft.message).toMatchObject({ id: "m1", metadata: { answerId: "a1" } });
    expect(draft.message.parts.map((part) => part.type)).toEqual(["source-document", "text"]);
    expect(textOf(draft.message)).toBe("Fourteen days [1].");
  });

  test("what is taken back is gone, with its sources", () => {
    const again: Chunk[] = [...chunks.slice(0, -1), { type: "data-retracted" }, ...chunks.slice(3, 5)];
    const { message } = again.reduce(applyChunk, emptyDraft("local"));
    expect(message.parts).toEqual([{ type: "text", text: "Fourteen " }]);
  });

  test("a stream that ends early is not finished, and nothing is changed in place", () => {
    const start = emptyDraft("local");
    expect(chunks.slice(0, -1).reduce(applyChunk, start).finished).toBe(false);
    expect(start).toEqual(emptyDraft("local"));
  });

  test("sources alone do not make a bubble", () => {
    expect(hasContent(chunks.slice(0, 4).reduce(applyChunk, emptyDraft("x")).message)).toBe(false);
    expect(hasContent(chunks.slice(0, 5).reduce(applyChunk, emptyDraft("x")).message)).toBe(true);
  });

  test("an error or abort is thrown", () => {
    expect(() => applyChunk(emptyDraft("x"), { type: "error", errorText: "model down" })).toThrow();
    expect(() => applyChunk(emptyDraft("x"), { type: "abort" })).toThrow();
  });
});
