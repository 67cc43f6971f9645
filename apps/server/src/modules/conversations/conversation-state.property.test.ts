import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import {
  assertMayMove,
  type ConversationStatus,
  conversationStatuses,
  isOpen,
  isWithHuman,
  mayMove,
} from "./conversation-state.ts";

const status = fc.constantFrom(...conversationStatuses);

/** Where a conversation stands after some wishes, those that are refused leaving it as it is; and where it stood. */
function walk(wishes: readonly ConversationStatus[]): ConversationStatus[] {
  const stood: ConversationStatus[] = ["new"];
  for (const wish of wishes) {
    const at = stood.at(-1) ?? "new";
    if (mayMove(at, wish)) stood.push(wish);
  }
  return stood;
}

const runs = { numRuns: 2_000 };
afterAll(() => process.stdout.write(`conversation states: 4 properties, ${runs.numRuns} runs each\n`));

const wishes = fc.array(status, { maxLength: 40 });

test("however it goes, a person can be asked for while it is open, and it can be resolved", () => {
  fc.assert(
    fc.property(wishes, (wishes) => {
      const at = walk(wishes).at(-1) ?? "new";
      if (isOpen(at)) {
        expect(at === "escalated" || mayMove(at, "escalated")).toBe(true);
        expect(mayMove(at, "resolved")).toBe(true);
      }
    }),
    runs,
  );
});

test("however it goes, what was ended comes back only by reopening, and to a person", () => {
  fc.assert(
    fc.property(wishes, (wishes) => {
      const stood = walk(wishes);
      for (const [n, to] of stood.slice(1).entries()) {
        const from = stood[n] ?? "new";
        if (!isOpen(from) && isOpen(to)) expect(to).toBe("awaiting_agent");
        if (to === "closed") expect(from).toBe("resolved");
        expect(to).not.toBe("new");
      }
    }),
    runs,
  );
});

test("the bot never gets it back from a person but by being handed it", () => {
  fc.assert(
    fc.property(wishes, (wishes) => {
      const stood = walk(wishes);
      for (const [n, to] of stood.slice(1).entries()) {
        const from = stood[n] ?? "new";
        if (isWithHuman(from) && !isWithHuman(to)) expect(["ai_handling", "resolved"]).toContain(to);
      }
    }),
    runs,
  );
});

test("each move is allowed, or refused with both states and those that are allowed", () => {
  fc.assert(
    fc.property(status, status, (from, to) => {
      if (mayMove(from, to)) return assertMayMove(from, to);
      const allowed = conversationStatuses.filter((one) => mayMove(from, one));
      expect(() => assertMayMove(from, to)).toThrow(
        expect.objectContaining({
          code: "ILLEGAL_TRANSITION",
          details: { from, to, allowed: expect.arrayContaining(allowed) },
        }),
      );
    }),
    runs,
  );
});
