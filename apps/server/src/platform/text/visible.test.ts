import { expect, test } from "vitest";
import { visible } from "./visible.ts";

test.each([
  ["Tea.\u{e0041}\u{e0042}\u{e007f}", "Tea."],
  ["Ig\u200bnore\u2060 \ufeffit\u202e", "Ignore it"],
  ["می‌خواهم", "می‌خواهم"],
  ["👩‍💻 ❤️ क्‍ष", "👩‍💻 ❤️ क्‍ष"],
  ["שלום\u200f \u2067عربي\u2069", "שלום\u200f \u2067عربي\u2069"],
  ["", ""],
])("%j is seen as %j", (text, seen) => expect(visible(text)).toBe(seen));
