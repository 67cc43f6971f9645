import { expect, test } from "vitest";
import { localPath } from "./local-path.ts";

test.each([
  [undefined, "/bots"],
  ["/inbox/42?view=mine", "/inbox/42?view=mine"],
  ["https://example.com/", "/bots"],
  ["//example.com", "/bots"],
  ["/\\example.com", "/bots"],
  ["javascript:alert(1)", "/bots"],
])("after sign-in, %j leads to %j", (next, path) => {
  expect(localPath(next)).toBe(path);
});
