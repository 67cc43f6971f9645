import { describe, expect, test } from "vitest";
import { understand } from "./understand.ts";

describe("what a message is", () => {
  test.each([
    ["hello", "greeting"],
    ["Hi there!", "greeting"],
    ["Bonjour !", "greeting"],
    ["السلام عليكم", "greeting"],
    ["thanks a lot", "thanks"],
    ["Merci beaucoup", "thanks"],
    ["شكرا", "thanks"],
    ["Hello, I need a refund for my broken lamp", "question"],
    ["hi-fi systems", "question"],
    ["I want to talk to a person", "wants_human"],
    ["Can I speak with someone please?", "wants_human"],
    ["agent", "wants_human"],
    ["human please", "wants_human"],
    ["Je veux parler à un conseiller", "wants_human"],
    ["أريد التحدث إلى موظف", "wants_human"],
    ["Which user agent do you send?", "question"],
    ["How do I add an agent to my account?", "question"],
    ["Can one person use two accounts?", "question"],
    ["", "question"],
    ["?", "question"],
  ])("%j is a %s", (message, intent) => {
    expect(understand(message, []).intent).toBe(intent);
  });
});

describe("a follow-up", () => {
  const before = ["When does the shop in Lyon open?"];
  test.each([
    ["And on Saturday?", true],
    ["What about holidays?", true],
    ["How much does it cost?", true],
    ["Et le samedi ?", true],
    ["How long does a refund of shipping costs to Belgium take?", false],
  ])("%j leans on what came before: %s", (message, rewritten) => {
    const understood = understand(message, before);
    expect(understood.rewritten).toBe(rewritten);
    expect(understood.standaloneQuestion.includes(before[0] ?? "")).toBe(rewritten);
    expect(understood.standaloneQuestion).toContain(message);
  });

  test("without anything before it stands as it is", () => {
    expect(understand("And on Saturday?", [])).toMatchObject({
      rewritten: false,
      standaloneQuestion: "And on Saturday?",
    });
  });

  test("is found quickly in 8,000 characters made to be slow", () => {
    for (const unit of ["i want ", "talk to ", "parler ", "اريد ", "((((", "a an the real live "]) {
      const message = unit.repeat(8_000).slice(0, 8_000);
      expect(understand(message, [message]).language).toBeDefined();
    }
  }, 2_000);
});
