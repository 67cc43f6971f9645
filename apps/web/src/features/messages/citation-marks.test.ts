import { expect, test } from "vitest";
import { remarkCitations, splitMarks } from "./citation-marks.ts";

const known = new Set([1, 2, 3]);
const shown = (text: string) =>
  splitMarks(text, known).map((fragment) => (fragment.kind === "text" ? fragment.text : fragment.number));

test.each<[string, (string | number)[]]>([
  ["", []],
  ["No marks.", ["No marks."]],
  ["One [1].", ["One ", 1, "."]],
  ["Two [1][2].", ["Two ", 1, 2, "."]],
  ["A list [1, 3] of them", ["A list ", 1, 3, " of them"]],
  ["[2] first", [2, " first"]],
  ["Unknown [9] stays", ["Unknown [9] stays"]],
  ["Half known [1, 9] stays", ["Half known [1, 9] stays"]],
  ["Not a mark [a] nor [2024]", ["Not a mark [a] nor [2024]"]],
  ["عربي [1]، نعم", ["عربي ", 1, "، نعم"]],
])("splits %j", (text, fragments) => {
  expect(shown(text)).toEqual(fragments);
});

test("replaces marks in text and leaves code alone", () => {
  const tree = {
    type: "root",
    children: [
      { type: "paragraph", children: [{ type: "text", value: "See [1]" }] },
      { type: "code", value: "list[1]" },
    ],
  };
  remarkCitations(known)()(tree);
  expect(tree.children).toEqual([
    {
      type: "paragraph",
      children: [
        { type: "text", value: "See " },
        {
          type: "citationMark",
          data: { hName: "sup", hProperties: { dataCitation: "1" } },
          children: [{ type: "text", value: "1" }],
        },
      ],
    },
    { type: "code", value: "list[1]" },
  ]);
});
