import { expect, test } from "vitest";
import { complaints, type Kept } from "./compare.ts";
import type { Acknowledged } from "./people.ts";

const conversationId = "one";
const say = (text: string, by = "Vic"): Acknowledged => ({ conversationId, by, act: "say", text });
const kept = (...texts: string[]): Kept[] => [
  {
    conversationId,
    status: "ai_handling",
    assignee: null,
    messages: texts.map((text) => ({ author: "customer", text })),
  },
];

test("what is whole is not complained of", () => {
  expect(complaints([say("Vic says 1"), say("Vic says 2")], kept("Vic says 1", "Vic says 2"))).toEqual([]);
});

test.each([
  ["a lost word", [say("Vic says 1")], kept(), "lost"],
  ["a doubled word", [say("Vic says 1")], kept("Vic says 1", "Vic says 1"), "2 times"],
  ["another order", [say("Vic says 1"), say("Vic says 2")], kept("Vic says 2", "Vic says 1"), "order 2, 1"],
  [
    "a request that nobody was told of",
    [{ conversationId, by: "Vic", act: "handoff", text: null } as const],
    kept("Vic says 1"),
    "nobody was told",
  ],
  [
    "a queue with an owner",
    [],
    [{ conversationId, status: "escalated", assignee: { id: "a" }, messages: [] }],
    "waits for a person and has one",
  ],
])("%s is found", (_name, ledger, found, words) => {
  expect(complaints(ledger, found).join("\n")).toContain(words);
});
