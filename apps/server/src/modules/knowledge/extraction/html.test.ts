import { expect, test } from "vitest";
import { declaredCharset } from "./decode.ts";
import { parseHtml } from "./html.ts";

const PARAGRAPH =
  "<p>Refunds take 14 days after we receive the goods. Keep the receipt, for we need it to find your order.</p>";

test("the article without navigation and scripts, with its title, tables and code", () => {
  const { title, text, blocks } =
    parseHtml(`<!doctype html><html><head><title>Refunds</title><script>evil()</script></head>
    <body><nav><a href="/">Home</a></nav><article><h1>Refunds</h1>${PARAGRAPH.repeat(8)}<h2>Prices <br>of plans</h2>
    <table><tr><td>Plan</td><td>Price</td></tr><tr><td>Pro<br>monthly</td><td>49</td></tr></table>
    <pre><code>npm i x</code></pre><p>See <a href="https://example.org/terms">terms</a> and <a href="/faq">snake_case</a>.
    <img src="x.png" alt="logo"></p></article><footer>Copyright</footer></body></html>`);
  expect(title).toBe("Refunds");
  expect(text).toMatch(/^# Refunds\n/);
  expect(text).toContain("## Prices of plans");
  expect(text).toMatch(/\| Plan +\| Price \|\n\| -+ \| -+ \|\n\| Pro monthly \| 49 +\|/);
  expect(text).toContain("```\nnpm i x\n```");
  expect(text).toContain("[terms](https://example.org/terms) and snake_case.");
  expect(text).not.toMatch(/evil|Home|Copyright|logo/);
  expect(new Set(blocks.map((block) => block.kind))).toEqual(
    new Set(["heading", "paragraph", "table", "code"]),
  );
});

test("a short page is taken whole", () => {
  const { text } = parseHtml("<h2>Opening hours</h2><p>9 to 5.</p><ul><li>Not on Sunday</li></ul>");
  expect(text).toMatch(/Opening hours\s+9 to 5\.\s+- +Not on Sunday/);
});

test("tables that only place things on the page become text", () => {
  const { text } = parseHtml(
    "<table><tr><td><p>Left side</p></td><td><table><tr><td>A</td><td>B</td></tr></table></td></tr></table>",
  );
  expect(text).toContain("Left side");
  expect(text).toMatch(/\| A +\| B +\|/);
});

test.each([
  ["60,000 nested elements", "<div>".repeat(60_000)],
  ["400,000 elements", "<br>".repeat(400_000)],
])("%s are refused", (_name, source) => {
  expect(() => parseHtml(source)).toThrow(expect.objectContaining({ code: "TOO_COMPLEX" }));
});

test("the charset that a page declares", () => {
  const page = (head: string) => new TextEncoder().encode(`<html><head>${head}`);
  expect(declaredCharset(page('<meta charset="windows-1256">'))).toBe("windows-1256");
  expect(
    declaredCharset(page('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">')),
  ).toBe("iso-8859-1");
  expect(declaredCharset(page("<title>charset=x</title>"))).toBeUndefined();
});
