import { expect, test } from "vitest";
import { formatOf } from "./formats.ts";

test.each([
  ["guide.pdf", undefined, "pdf"],
  ["GUIDE.PDF", "application/octet-stream", "pdf"],
  ["page.htm", "text/plain", "html"],
  ["export.csv", "application/vnd.ms-excel", "csv"],
  ["notes.mdx", undefined, "md"],
  ["README", "text/markdown; charset=utf-8", "md"],
  ["notes.v2", "text/plain", "txt"],
  ["sheet.xlsx", undefined, null],
  ["archive.pdf.zip", "application/zip", null],
  ["folder.pdf/file", undefined, null],
  [".", undefined, null],
  ["", undefined, null],
])("%s (%s) is %s", (fileName, mediaType, format) => {
  expect(formatOf(fileName, mediaType)).toBe(format);
});
