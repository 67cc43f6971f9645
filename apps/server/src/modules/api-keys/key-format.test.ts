import fc from "fast-check";
import { expect, test } from "vitest";
import { makeKey, parseKey, prefixOf } from "./key-format.ts";

test("a key is read back as it was made, and no two are alike", () => {
  const keys = Array.from({ length: 200 }, () => makeKey());
  for (const { text, publicPart, secret } of keys) {
    expect(text).toMatch(/^prl_[0-9A-Za-z]{24}_[0-9A-Za-z]{40}[0-9a-z]{7}$/);
    expect(parseKey(text)).toEqual({ publicPart, secret });
    expect(text.startsWith(prefixOf(publicPart))).toBe(true);
  }
  expect(new Set(keys.map(({ text }) => text)).size).toBe(200);
});

test("another secret for the same key keeps its public part", () => {
  const key = makeKey();
  const next = makeKey(key.publicPart);
  expect(next.publicPart).toBe(key.publicPart);
  expect(next.secret).not.toBe(key.secret);
});

test("one wrong letter is seen", () => {
  const { text } = makeKey();
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom(..."0aZ_-"), (at, letter) => {
      fc.pre(text[at] !== letter);
      expect(parseKey(text.slice(0, at) + letter + text.slice(at + 1))).toBeNull();
    }),
    { numRuns: 500 },
  );
});

test.each([
  "",
  "prl_",
  "sk-0123456789",
  "prl__",
  ` ${makeKey().text}`,
  `${makeKey().text}\n`,
  "x".repeat(10_000),
])("%j is no key", (text) => expect(parseKey(text)).toBeNull());
