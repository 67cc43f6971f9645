import { expect, test } from "vitest";
import { localPath } from "./local-path.ts";

test.each([
  [undefined, "/bots"],
  ["", "/bots"],
  ["/inbox/42?view=mine", "/inbox/42?view=mine"],
  ["/bots?search=قهوة#top", "/bots?search=قهوة#top"],
  ["https://example.com/", "/bots"],
  ["//example.com", "/bots"],
  ["///example.com", "/bots"],
  ["/\\example.com", "/bots"],
  ["/\t/example.com", "/bots"],
  ["/\n/example.com", "/bots"],
  ["/\u0000/example.com", "/bots"],
  ["\\\\example.com", "/bots"],
  ["/a\\..\\\\example.com", "/bots"],
  [" /bots", "/bots"],
  ["javascript:alert(1)", "/bots"],
  ["data:text/html,x", "/bots"],
])("after sign-in, %j leads to %j", (next, path) => {
  expect(localPath(next)).toBe(path);
  expect(new URL(localPath(next), "https://console.example").origin).toBe("https://console.example");
});
