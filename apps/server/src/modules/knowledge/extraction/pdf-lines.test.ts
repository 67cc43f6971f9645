import { expect, test } from "vitest";
import { paragraphsOfPage, withoutRunningLines } from "./pdf-lines.ts";

test("headers, footers and page numbers that repeat are left out", () => {
  const pages = [1, 2, 3, 4, 5].map(
    (page) => `Annual report ${page}\r\nLine A${page} x\r\nLine B${page} x\r\nPage ${page} of 5`,
  );
  expect(withoutRunningLines(pages)).toEqual(
    [1, 2, 3, 4, 5].map((page) => [`Line A${page} x`, `Line B${page} x`]),
  );
});

test("words that were broken at a line end are whole again, and old LaTeX accents sit on their letters", () => {
  expect(withoutRunningLines(["a na¨ıve pro\ufffegram, ef\u00ad\r\nfects, r´eussi\u0007"])).toEqual([
    ["a naïve program, effects, réussi"],
  ]);
});

test("lines are grouped into paragraphs", () => {
  const lines = [
    "Returns",
    "Goods may be returned within fourteen days after they",
    "were delivered, in their package.",
    "Keep the receipt, for without it we cannot find the order",
    "in our books.",
    "• damaged goods",
    "• wrong goods",
  ];
  expect(paragraphsOfPage(lines)).toEqual([
    "Returns",
    `${lines[1]}\n${lines[2]}`,
    `${lines[3]}\n${lines[4]}`,
    "• damaged goods",
    "• wrong goods",
  ]);
});
