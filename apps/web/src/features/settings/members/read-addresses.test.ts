import { expect, test } from "vitest";
import { isAddress, readAddresses } from "./read-addresses.ts";

test.each([
  ["", []],
  [" ada@example.org ", ["ada@example.org"]],
  ["Ada@Example.org, bob@example.org\nada@example.org;", ["ada@example.org", "bob@example.org"]],
  ["Ada Lovelace <ada@example.org>\n\nbob@example.org", ["ada@example.org", "bob@example.org"]],
  ["a@example.org، b@example.org", ["a@example.org", "b@example.org"]],
])("%j", (text, addresses) => {
  expect(readAddresses(text)).toEqual(addresses);
});

test.each(["ada", "ada@", "@example.org", "a da@example.org", "ada@example"])("%s is no address", (text) => {
  expect(isAddress(text)).toBe(false);
});

test("an address is one", () => {
  expect(isAddress("ada.l+work@mail.example.org")).toBe(true);
});
