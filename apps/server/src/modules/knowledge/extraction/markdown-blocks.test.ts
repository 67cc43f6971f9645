import { expect, test } from "vitest";
import { headingText, markdownBlocks, markdownTitle } from "./markdown-blocks.ts";

const blocksOf = (text: string) =>
  markdownBlocks(text).map(({ kind, level, start, end }) => [
    level ? `${kind} ${level}` : kind,
    text.slice(start, end),
  ]);

test("finds the blocks of a page", () => {
  const page = `---
title: "Refunds"
---

# Refunds and returns

Within 14 days
of delivery.
- one
  more of one

  still one
- two

Prices
------
| Plan | Price |
| --- | --- |
| Pro | 49 |

\`\`\`sh
# not a heading

npm i
\`\`\`
## Last ##
***
1. first
`;
  expect(blocksOf(page)).toEqual([
    ["record", '---\ntitle: "Refunds"\n---'],
    ["heading 1", "# Refunds and returns"],
    ["paragraph", "Within 14 days\nof delivery."],
    ["list", "- one\n  more of one\n\n  still one\n- two"],
    ["heading 2", "Prices\n------"],
    ["table", "| Plan | Price |\n| --- | --- |\n| Pro | 49 |"],
    ["code", "```sh\n# not a heading\n\nnpm i\n```"],
    ["heading 2", "## Last ##"],
    ["paragraph", "***"],
    ["list", "1. first"],
  ]);
  expect(markdownTitle(page, markdownBlocks(page))).toBe("Refunds");
});

test("an unclosed fence runs to the end", () => {
  expect(blocksOf("a\n```\n# b\n\nc")).toEqual([
    ["paragraph", "a"],
    ["code", "```\n# b\n\nc"],
  ]);
});

test.each([
  ["## Last ##", "Last"],
  ["# The `send()` [method](#send) of **Reply**", "The send() method of Reply"],
  ["### _Why_ snake_case? {#why}", "Why snake_case?"],
  ['# <a id="x"></a>Start', "Start"],
  ["Title\n=====", "Title"],
  ["#", ""],
])("the words of %j", (source, words) => {
  expect(headingText(source)).toBe(words);
});
