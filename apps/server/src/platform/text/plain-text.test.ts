import { describe, expect, test } from "vitest";
import { plainText, sentences } from "./index.ts";

describe("plainText", () => {
  test.each([
    ["See [the guide](./guide.md#top) and [all](a_(b)).", "See the guide and all."],
    ["A [reference][ref] link", "A reference link"],
    ["[![npm](badge.svg)](https://npm.example) Fast.", "Fast."],
    ["![A picture](a.png)", ""],
    ['<a id="x"></a>The **limit** of `bodyLimit` is *fixed*.', "The limit of bodyLimit is fixed."],
    ["__Never__ share snake_case_names or _this_.", "Never share snake_case_names or this."],
    ["Use `<your-domain>` and `a*b`", "Use `<your-domain>` and `a*b`"],
    ["| Port | `3000` | the [default](x) |", "Port — 3000 — the default"],
    ["a || b", "a || b"],
    ["Tom &amp; Jerry&nbsp;&lt;3", "Tom & Jerry <3"],
    ["2 * 3 * 4 < 30 and Map<string>", "2 * 3 * 4 < 30 and Map<string>"],
    ["It was so.[12] Later [3, 4] too.", "It was so. Later too."],
    ["an interval [0, 1]", "an interval [0, 1]"],
    ['<Card title="Prices" href="/x">All prices</Card>', "All prices"],
    ["one<br>two <!-- not this --> three", "one two three"],
    ["Plan: Starter\nPrice: 19 euros", "Plan: Starter — Price: 19 euros"],
    ["quoted\n> text that goes on", "quoted text that goes on"],
    ["الحد **الأقصى** هو [عشرة](x).", "الحد الأقصى هو عشرة."],
  ])("%s", (markdown, plain) => {
    expect(plainText(markdown)).toBe(plain);
    expect(plainText(plain)).toBe(plain);
  });

  test("hostile marks cost no more than their length", () => {
    for (const piece of ["[", "*a", "`", "<a ", "_a ", "|", "![", "[a](", "<!--"]) {
      for (const length of [5_000, 200_000]) {
        expect(plainText(piece.repeat(length / piece.length)).length).toBeLessThanOrEqual(length * 2);
      }
    }
  });
});

describe("sentences of Markdown", () => {
  const texts = (text: string): string[] => sentences(text, "en").map((sentence) => sentence.text);

  test("a stop inside a link or code ends nothing", () => {
    expect(texts("See [listen](./Server.md#listen). It calls `app.close()` first.")).toEqual([
      "See [listen](./Server.md#listen).",
      "It calls `app.close()` first.",
    ]);
  });

  test("a link or a quotation may run over a line's end", () => {
    expect(texts("our [Certificate\nof Origin](x) applies.")).toHaveLength(1);
    expect(texts("> The body is never read before this hook has\n> run to its end.")).toHaveLength(1);
  });

  test("the lines of a record stay together", () => {
    const text = "Plan: Starter\nPrice: 19 euros\n\nPlan: Pro\nPrice: 49 euros";
    expect(texts(text)).toEqual(["Plan: Starter\nPrice: 19 euros", "Plan: Pro\nPrice: 49 euros"]);
  });

  test("say what they stand in", () => {
    const text = "# Setup\n\nDo this:\n\n1. Open it.\n\n| a | b |\n\n```\nrun\n```";
    expect(sentences(text, "en").map(({ kind }) => kind)).toEqual([
      "heading",
      "prose",
      "item",
      "row",
      "code",
    ]);
  });
});
