import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import PromptDiff from "./prompt-diff.tsx";

const render = (before: string, after: string, names: [string, string] = ["Kind", "Kind"]) =>
  renderToStaticMarkup(
    <PromptDiff before={{ name: names[0], content: before }} after={{ name: names[1], content: after }} />,
  );

test("marks what changed by elements, signs and words, not by colour alone", () => {
  const html = render("Be kind to all.", "Be kind to me.");
  expect(html).toMatch(/<del class="[^"]*line-through[^"]*"><bdi class="sr-only">Removed: <\/bdi>all<\/del>/);
  expect(html).toMatch(/<ins class="[^"]*underline[^"]*"><bdi class="sr-only">Added: <\/bdi>me<\/ins>/);
  expect(html).toContain("1 word added · 1 word removed");
  expect(html).toContain("±");
});

test("takes the direction of each line from the line", () => {
  const html = render("كن لطيفًا.", "كن لطيفًا.\nBe kind.");
  expect(html.match(/<p dir="auto"/g)).toHaveLength(2);
});

test("shows a new name, and says when nothing changed", () => {
  expect(render("Same.", "Same.", ["Old", "New"])).toMatch(/Name:.*<del.*Old<\/del> <ins.*New<\/ins>/);
  expect(render("Same.", "Same.")).toContain("Nothing changed.");
});

test("shows markup in a prompt as text", () => {
  expect(render("a", "<img src=x onerror=alert(1)>")).not.toContain("<img");
});
