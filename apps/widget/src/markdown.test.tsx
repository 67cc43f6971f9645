import { type ComponentChildren, isValidElement, type VNode } from "preact";
import { describe, expect, test } from "vitest";
import { Markdown, safeUrl } from "./markdown.tsx";

/** Draws nodes as an outline of names, addresses and texts, so that a test needs no browser. */
function outline(node: ComponentChildren): string {
  if (Array.isArray(node)) return node.map(outline).join("");
  if (!isValidElement(node))
    return typeof node === "string" ? node.replaceAll("<", "&lt;") : String(node ?? "");
  const { type, props } = node as VNode<{ href?: string; children?: ComponentChildren }>; // isValidElement says so
  const inner = outline(props.children);
  if (typeof type !== "string") return inner;
  return `<${type}${props.href ? ` ${props.href}` : ""}>${inner}</${type}>`;
}

const render = (text: string) =>
  outline(Markdown({ text, cite: (number) => (number <= 2 ? <sup>{number}</sup> : undefined) }));

describe("Markdown", () => {
  test.each([
    ["two\nlines", "<p>two\nlines</p>"],
    ["# Title\ntext", "<p><strong>Title</strong></p><p>text</p>"],
    ["- a\n- **b** [1]", "<ul><li>a</li><li><strong>b</strong> <sup>1</sup></li></ul>"],
    ["1. a\n   more\n2. b", "<ol><li>a\nmore</li><li>b</li></ol>"],
    ["> quoted", "<blockquote>quoted</blockquote>"],
    ["```html <b> ``` x", "<p>``<code>html &lt;b> </code>`` x</p>"],
    ["```js\n**x** [1]\n```", "<pre><code>**x** [1]</code></pre>"],
    ["`[1]` *it*", "<p><code>[1]</code> <em>it</em></p>"],
    ["both [1][2], no [9]", "<p>both <sup>1</sup><sup>2</sup>, no [9]</p>"],
    ["[a](https://x.org/b)", "<p><a https://x.org/b>a</a></p>"],
    ["see https://x.org/b.", "<p>see <a https://x.org/b>https://x.org/b</a>.</p>"],
    ["![pixel](https://x.org/p.gif)", "<p><a https://x.org/p.gif>pixel</a></p>"],
    ["| not | a table |", "<p>| not | a table |</p>"],
    ["2 * 3 * 4 snake_case_name", "<p>2 * 3 * 4 snake_case_name</p>"],
  ])("%j", (text, expected) => expect(render(text)).toBe(expected));

  test.each([
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<b>)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "![x](javascript:alert(1))",
    "<https://x.org onclick=alert(1)>",
  ])("shows %j as text", (text) => {
    expect(render(text)).not.toMatch(/<(img|script)/);
    expect(render(text)).not.toMatch(/<a (?!https:\/\/x\.org)/);
  });

  test.each([
    "java\nscript:alert(1)",
    "\u0001javascript:alert(1)",
    " data:text/html,x",
    "blob:https://x/1",
    "file:///etc",
  ])("refuses the address %j", (href) => expect(safeUrl(href)).toBeUndefined());

  test.each(["**", "[", "`", "> ", "*a", "[a](", "http://.", "# #", "- ", "| "])(
    "ends on 20,000 times %j",
    (piece) => {
      expect(typeof render(piece.repeat(20_000))).toBe("string");
      expect(typeof render(`${piece}\n`.repeat(2_000))).toBe("string");
    },
  );
});
