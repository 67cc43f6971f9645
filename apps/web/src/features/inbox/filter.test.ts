import { expect, test } from "vitest";
import { type Filter, filterOf, sizeOf, textOf } from "./filter.ts";

const id = "0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a";

test.each<{ text: string | undefined; filter: Filter; size: number }>([
  { text: undefined, filter: {}, size: 0 },
  { text: "severity:P0,P1", filter: { severity: ["P0", "P1"] }, size: 1 },
  {
    text: `status:escalated;channel:widget;assigneeId:none;teamId:${id}`,
    filter: { status: ["escalated"], channel: ["widget"], assigneeId: [null], teamId: [id] },
    size: 4,
  },
  {
    text: `status:escalated,resolved;assigneeId:none,${id}`,
    filter: { status: ["escalated", "resolved"], assigneeId: [null, id] },
    size: 2,
  },
  {
    text: "tags:two%20words,a%3Bb%3Ac;slaBreached:true",
    filter: { tags: ["two words", "a;b:c"], slaBreached: true },
    size: 2,
  },
])("$text goes into the URL and back", ({ text, filter, size }) => {
  expect(textOf(filter)).toBe(text);
  expect(filterOf(text)).toEqual(filter);
  expect(sizeOf(filter)).toBe(size);
});

test.each(["", "severity:P9", "assigneeId:me", "tags:", "tags:%E0%A4", "nonsense", "slaBreached:no"])(
  "%j narrows nothing",
  (text) => expect(filterOf(text)).toEqual({}),
);
