import { expect, test } from "vitest";
import { draftOf, keepDraft, returnToDraft } from "./drafts.ts";
import { freshFirst } from "./fresh-first.ts";

test("a draft belongs to its conversation and is gone when it is sent", () => {
  keepDraft("a", "begun");
  expect(draftOf("a")).toBe("begun");
  expect(draftOf("b")).toBe("");
  keepDraft("a", "");
  expect(draftOf("a")).toBe("");
});

test("a text that was not sent comes back in front of what was begun since", () => {
  expect(returnToDraft("c", "unsent")).toBe("unsent");
  keepDraft("c", "begun since");
  expect(returnToDraft("c", "unsent")).toBe("unsent\n\nbegun since");
  expect(draftOf("c")).toBe("unsent\n\nbegun since");
});

test("fresh conversations stand first, the others keep their order", () => {
  const items = ["1", "2", "3", "4"].map((id) => ({ id }));
  expect(freshFirst(items, new Set(["3", "9"])).map((item) => item.id)).toEqual(["3", "1", "2", "4"]);
});
