import { expect, test } from "vitest";
import { ByteLru } from "./byte-lru.ts";

test("what was not used for longest goes first, by bytes", () => {
  const lru = new ByteLru<string>(10);
  lru.set("a", "A", 4);
  lru.set("b", "B", 4);
  expect(lru.get("a")).toBe("A");
  lru.set("c", "C", 4);
  expect([lru.get("a"), lru.get("b"), lru.get("c")]).toEqual(["A", undefined, "C"]);
});

test("a value that grew is counted once, at its new size", () => {
  const lru = new ByteLru<number>(10);
  lru.set("a", 1, 3);
  lru.set("b", 1, 3);
  lru.set("b", 2, 6);
  expect([lru.get("a"), lru.get("b")]).toEqual([1, 2]);
  lru.set("b", 3, 8);
  expect([lru.get("a"), lru.get("b")]).toEqual([undefined, 3]);
});

test("a value larger than the whole is kept until the next comes", () => {
  const lru = new ByteLru<number>(10);
  lru.set("a", 1, 50);
  expect(lru.get("a")).toBe(1);
  lru.set("b", 2, 1);
  expect([lru.get("a"), lru.size]).toEqual([undefined, 1]);
});
