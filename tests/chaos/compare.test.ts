import { expect, test } from "vitest";
import { complaints, type Kept } from "./compare.ts";
import type { Acknowledged } from "./ledger.ts";

const conversationId = "one";
const say = (text: string, by = "Vic"): Acknowledged => ({
  conversationId,
  by,
  act: "say",
  text,
  requestId: null,
});
const does = (act: Acknowledged["act"]): Acknowledged => ({ ...say(""), act, text: null, requestId: "r" });
const kept = (...texts: string[]): Kept => ({
  conversationId,
  now: { status: "ai_handling", assigneeId: null },
  told: { status: "ai_handling", assigneeId: null },
  given: 0,
  inTeamQueue: false,
  noticed: 0,
  messages: texts.map((text) => ({ author: "customer", text })),
});
const waiting = { status: "escalated", assigneeId: "a" };

test("what is whole is not complained of", () => {
  const ledger = [
    say("Vic says 1"),
    say("Vic says 2"),
    does("assign"),
    { ...does("takeOver"), requestId: "s" },
  ];
  const given = { ...kept("Vic says 1", "Vic says 2"), given: 21, noticed: 20 };
  expect(complaints(ledger, [given], [{ requestId: "r" }, { requestId: null }])).toEqual([]);
});

test.each<[string, Acknowledged[], Kept, string[], string]>([
  ["a lost word", [say("Vic says 1")], kept(), [], "lost"],
  ["a doubled word", [say("Vic says 1")], kept("Vic says 1", "Vic says 1"), [], "2 times"],
  [
    "another order",
    [say("Vic says 1"), say("Vic says 2")],
    kept("Vic says 2", "Vic says 1"),
    [],
    "order 2, 1",
  ],
  ["a request that nobody was told of", [does("handoff")], kept("Vic says 1"), ["r"], "nobody was told"],
  ["a lost deed", [does("resolve")], kept(), [], "resolve by Vic in conversation one was acknowledged"],
  [
    "a doubled deed",
    [does("takeOver")],
    kept(),
    ["r", "r"],
    "takeOver by Vic in conversation one was done 2",
  ],
  [
    "a queue with an owner",
    [],
    { ...kept(), now: waiting, told: waiting },
    [],
    "waits for a person and has one",
  ],
  ["a state that no event told of", [], { ...kept(), now: { ...waiting } }, [], "its events say"],
  ["a lost notice", [], { ...kept(), given: 1 }, [], "notices are lost"],
  ["a doubled notice", [], { ...kept(), given: 1, noticed: 2 }, [], "there are more notices"],
])("%s is found", (_name, ledger, found, requests, words) => {
  const audited = requests.map((requestId) => ({ requestId }));
  expect(complaints(ledger, [found], audited).join("\n")).toContain(words);
});
