import { expect, test } from "vitest";
import { composeText, mentionsIn, toPlainText } from "./text.ts";

test.each([
  ["<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"],
  ["&lt;!here&gt;", "&amp;lt;!here&amp;gt;"],
])("%s calls and links nobody, and reads back as it was", (text, sent) => {
  expect(composeText({ text })).toBe(sent);
  expect(toPlainText(sent, new Map())).toBe(text);
});

test("a name cannot end its line or its bold", () => {
  expect(composeText({ author: "A*\nB <!here>", text: "x" })).toBe("*A  B &lt;!here&gt;*\nx");
});

test("what Slack would cut is cut before it, and not within an escape", () => {
  for (const length of [7_998, 7_999, 8_000]) {
    const text = composeText({ author: "Ada", text: "&".repeat(length) });
    expect(text.length).toBeLessThanOrEqual(40_000);
    expect(text).toMatch(/&amp;…?$/);
  }
});

test("Slack's markup is words, also where it is broken", () => {
  const names = new Map([["U1", "Ada"]]);
  const read = (text: string) => toPlainText(text, names);
  expect(read("<@U1>, <@U2|bob>, <@U3>")).toBe("@Ada, @bob, @somebody");
  expect(read("<!subteam^S1|@team> <!channel> <#C1|general> <#C2>")).toBe("@team @channel #general #channel");
  expect(read("<https://a.example|a.example> <mailto:a@b.example|a@b.example> <https://c.example>")).toBe(
    "a.example a@b.example https://c.example",
  );
  expect(read("a < b <unclosed")).toBe("a < b <unclosed");
  expect(mentionsIn("<@U1> <@U1|x> <@U2>")).toEqual(["U1", "U2"]);
});
