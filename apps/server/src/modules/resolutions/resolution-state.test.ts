import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAppError } from "../../platform/errors/index.ts";
import {
  assertMayBecome,
  isUnfinished,
  mayBecome,
  type ResolutionStatus,
  resolutionStatuses,
} from "./resolution-state.ts";

const status = fc.constantFrom(...resolutionStatuses);

/** Follows a walk of wishes; what may not follow is left out. */
function walk(wishes: ResolutionStatus[]): ResolutionStatus[] {
  const states: ResolutionStatus[] = ["open"];
  for (const wish of wishes) {
    const from = states.at(-1) ?? "open";
    if (mayBecome(from).includes(wish)) states.push(wish);
  }
  return states;
}

describe("the states of a resolution", () => {
  test("lead on as PRODUCT.md says", () => {
    for (const [index, from] of resolutionStatuses.slice(0, -1).entries()) {
      expect(mayBecome(from), from).toContain(resolutionStatuses[index + 1]);
    }
  });

  test("on any way: never to open again, closed only after resolved, and nothing after closed", () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 40 }), (wishes) => {
        const states = walk(wishes);
        expect(states.lastIndexOf("open")).toBe(0);
        const closed = states.indexOf("closed");
        if (closed !== -1) {
          expect(states[closed - 1]).toBe("resolved");
          expect(states.length).toBe(closed + 1);
        }
        for (const [index, state] of states.slice(1).entries()) expect(state).not.toBe(states[index]);
      }),
    );
  });

  test("let every unfinished one be resolved, and refuse the rest by both names", () => {
    fc.assert(
      fc.property(status, status, (from, to) => {
        if (isUnfinished(from)) expect(mayBecome(from)).toContain("resolved");
        if (mayBecome(from).includes(to)) return assertMayBecome(from, to);
        try {
          assertMayBecome(from, to);
        } catch (error) {
          if (!isAppError(error)) throw error;
          expect(error).toMatchObject({
            code: "ILLEGAL_TRANSITION",
            details: { from, to, allowed: mayBecome(from) },
          });
          expect(error.message).toContain(`is ${from} cannot become ${to}`);
          return;
        }
        expect.unreachable();
      }),
    );
  });
});
