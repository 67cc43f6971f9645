import { describe, expect, test } from "vitest";
import { assertMayMove, conversationStatuses, isOpen, isWithHuman, mayMove } from "./conversation-state.ts";

describe("the states of a conversation", () => {
  test("lead on as PRODUCT.md says", () => {
    const line = ["new", "ai_handling", "awaiting_agent", "awaiting_customer", "resolved", "closed"] as const;
    for (const [index, from] of line.slice(0, -1).entries()) {
      expect(mayMove(from, line[index + 1] ?? "new"), from).toBe(true);
    }
    expect(mayMove("awaiting_customer", "awaiting_agent")).toBe(true);
    expect(mayMove("resolved", "awaiting_agent")).toBe(true);
    expect(mayMove("closed", "awaiting_agent")).toBe(true);
  });

  test("allow escalation from every open state, and from no other", () => {
    for (const status of conversationStatuses) {
      expect(mayMove(status, "escalated"), status).toBe(isOpen(status) && status !== "escalated");
    }
  });

  test("never lead back to new, nor to themselves, nor from an end to the bot", () => {
    for (const status of conversationStatuses) {
      expect(mayMove(status, "new")).toBe(false);
      expect(mayMove(status, status)).toBe(false);
      if (!isOpen(status)) expect(mayMove(status, "ai_handling")).toBe(false);
    }
  });

  test("silence the bot while a human has it or is asked for", () => {
    expect(conversationStatuses.filter(isWithHuman)).toEqual([
      "escalated",
      "awaiting_agent",
      "awaiting_customer",
    ]);
  });

  test("refuse by name, with what is allowed", () => {
    expect(() => assertMayMove("closed", "ai_handling")).toThrow(
      expect.objectContaining({
        code: "ILLEGAL_TRANSITION",
        message: expect.stringMatching(/closed.*ai_handling.*awaiting_agent/),
        details: { from: "closed", to: "ai_handling", allowed: ["awaiting_agent"] },
      }),
    );
  });
});
