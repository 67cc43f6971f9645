import fc from "fast-check";
import { expect, test } from "vitest";
import { harmlessHtml } from "./index.ts";

test.each([
  ["<p>Hello <b>you</b></p>", "<p>Hello <b>you</b></p>", "Hello you"],
  ["<script>alert(1)</script>Hi", "Hi", "Hi"],
  ['<img src=x onerror="alert(1)">Hi', "Hi", "Hi"],
  ['<a href="javascript:alert(1)">go</a>', "<a>go</a>", "go"],
  ['<a href=" JAVASCRIPT:alert(1)">go</a>', "<a>go</a>", "go"],
  [
    '<a href="https://a.example/?a=1&b=&quot;" onclick="x()">go</a>',
    '<a href="https://a.example/?a=1&amp;b=&quot;" rel="noopener noreferrer nofollow" target="_blank">go</a>',
    "go",
  ],
  ["<svg><style>*{}</style><p>in</p></svg>out", "out", "out"],
  ["1 &lt; 2 & <b>3", "1 &lt; 2 &amp; <b>3</b>", "1 < 2 & 3"],
  ["one<br>two<p>three</p>", "one<br>two<p>three</p>", "one\ntwo\nthree"],
  ["<form><input value=x>say</form>", "say", "say"],
])("%s", (source, html, text) => {
  expect(harmlessHtml(source)).toEqual({ html, text });
});

test("leaves nothing that runs, whatever is written, and nothing to do a second time", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "<",
      ">",
      "<script",
      "</script>",
      "<a href='javascript:x'",
      "<p onload=x",
      "&lt;",
      '"',
      "<!--",
      "<svg>",
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const { html } = harmlessHtml(pieces.join(""));
      for (const [element] of html.matchAll(/<[^>]*>?/g)) {
        expect(element).toMatch(
          /^<\/?[a-z][a-z0-9]*(?: href="(?:https?:\/\/|mailto:|tel:)[^"<>]*" rel="noopener noreferrer nofollow" target="_blank")?>$/i,
        );
      }
      expect(harmlessHtml(html).html).toBe(html);
    }),
  );
});
