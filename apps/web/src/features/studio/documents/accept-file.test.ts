import { expect, test } from "vitest";
import { maxFileBytes, mediaTypeOf, type Refusal, refusalOf } from "./accept-file.ts";

test.each<[name: string, type: string, size: number, refusal: Refusal | null]>([
  ["handbook.pdf", "application/pdf", 1, null],
  ["HANDBOOK.PDF", "", 1, null],
  ["notes.md", "", 1, null],
  ["prices.csv", "application/vnd.ms-excel", 1, null],
  ["README", "text/plain", 1, null],
  ["page", "text/html; charset=utf-8", 1, null],
  ["photo.png", "image/png", 1, "type"],
  ["archive", "", 1, "type"],
  ["old.doc", "application/msword", 1, "type"],
  ["empty.txt", "text/plain", 0, "empty"],
  ["limit.pdf", "application/pdf", maxFileBytes, null],
  ["large.pdf", "application/pdf", maxFileBytes + 1, "size"],
])("%s (%s, %i bytes): %s", (name, type, size, refusal) => {
  expect(refusalOf({ name, type, size })).toBe(refusal);
});

test("the extension decides the media type that is sent", () => {
  expect(mediaTypeOf({ name: "prices.csv", type: "application/vnd.ms-excel" })).toBe("text/csv");
  expect(mediaTypeOf({ name: "page", type: "text/html; charset=utf-8" })).toBe("text/html");
});
