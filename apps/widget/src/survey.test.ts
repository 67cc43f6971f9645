import { once } from "node:events";
import { createServer } from "node:http";
import { type ComponentChild, h, isValidElement, type VNode } from "preact";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/harness/eventually.ts";
import type { Locale } from "./strings.ts";
import { type Asked, survey } from "./survey.ts";

type Drawn = VNode<Record<string, unknown>>;

/** Every element of a drawing, in order. */
function elements(drawn: unknown): Drawn[] {
  if (Array.isArray(drawn)) return drawn.flatMap(elements);
  if (!isValidElement(drawn)) return [];
  const element = drawn as Drawn; // each is drawn by `h` with plain properties
  return [element, ...elements(element.props.children)];
}

const draw = (asked: Asked, locale: Locale, api = "", changed = () => {}): (() => ComponentChild) =>
  survey(h, asked, api, { conversationId: "c", token: "t" }, locale, changed);

const asked = (invitationId: string): Asked => ({
  invitationId,
  questions: [
    { key: "how", kind: "rating", required: true, text: { en: "How was it?", ar: "كيف كان؟" } },
    { key: "nps", kind: "nps", required: false, text: { en: "Recommend us?" } },
    { key: "why", kind: "text", required: false, text: { fr: "Pourquoi ?" } },
  ],
});

test.each([
  ["en", "How was it?", "1: Not at all", "Send"],
  ["ar", "كيف كان؟", "1: لا، إطلاقًا", "إرسال"],
] as const)(
  "in %s each group is named by its question, and each choice by its number",
  (locale, question, first, send) => {
    const all = elements(draw(asked(locale), locale)());
    const groups = all.filter(({ props }) => props.role === "radiogroup");
    const nameOf = (group: Drawn) =>
      all.find(({ props }) => props.id === group.props["aria-labelledby"])?.props.children;
    expect(groups.map(nameOf)).toEqual([question, "Recommend us?"]);
    const radios = groups.map((group) => elements(group).filter(({ props }) => props.type === "radio"));
    expect(radios.map(({ length }) => length)).toEqual([5, 11]);
    expect(radios[0]?.[0]?.props).toMatchObject({ "aria-label": first, required: true, value: 1 });
    expect(all.filter(({ type }) => type === "button").map(({ props }) => props.children)).toContain(send);
  },
);

test("the same survey, told again, keeps what was typed; one that was put away is gone", async () => {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.setHeader("content-type", "application/json").end("{}");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  let changed = 0;
  const drawn = draw(asked("again"), "en", `http://127.0.0.1:${address.port}`, () => changed++);
  expect(draw(asked("again"), "en")).toBe(drawn);
  const dismiss = elements(drawn()).find(({ props }) => props.children === "No, thanks");
  if (typeof dismiss?.props.onClick !== "function") throw new Error("It cannot be put away.");
  dismiss.props.onClick();
  await eventually(() => expect(changed).toBe(2)); // sending, then gone
  expect(calls).toEqual(["DELETE /api/chat/c/surveys/again Bearer t"]);
  expect(drawn()).toBeNull();
  server.close();
});
