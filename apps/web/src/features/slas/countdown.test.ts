import { expect, test } from "vitest";
import { countdown, type Standing, spanInWords } from "./countdown.ts";

const now = new Date("2026-06-01T12:00:00Z");
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();

test.each<[Standing, string, string, number]>([
  [{ status: "ok", dueAt: at(30) }, "neutral", "left", 30],
  [{ status: "ok", dueAt: at(0.5) }, "neutral", "left", 1],
  [{ status: "warning", dueAt: at(5) }, "warn", "left", 5],
  [{ status: "ok", dueAt: at(0) }, "bad", "over", 0],
  [{ status: "breached", dueAt: at(-61) }, "bad", "over", 61],
  [{ status: "breached", dueAt: at(20) }, "bad", "left", 20],
  [{ status: "breached", dueAt: null }, "bad", "late", 0],
  [{ status: "paused", dueAt: null }, "neutral", "paused", 0],
  [{ status: "met", dueAt: null }, "good", "met", 0],
])("%o is %s: %s %i", (standing, tone, word, minutes) => {
  expect(countdown(standing, now)).toEqual({ tone, word, minutes });
});

test("where nothing is promised there is nothing to show", () => {
  expect(countdown({ status: "ok", dueAt: null }, now)).toBeNull();
});

test.each([
  [0, "0 min"],
  [59, "59 min"],
  [60, "1 hr"],
  [125, "2 hr 5 min"],
  [1_440, "1 day"],
  [1_445, "1 day"],
  [3_005, "2 days 2 hr"],
])("%i minutes are %s", (minutes, words) => {
  expect(spanInWords(minutes, "en")).toBe(words);
});
