import { expect, test } from "vitest";
import { contrastWithWhite, parseDomains } from "./widget-draft.ts";

test.each<[string, number | null]>([
  ["#000000", 21],
  ["#ffffff", 1],
  ["#767676", 4.54],
  ["#1d4ed8", 6.7],
  ["#FFF", null],
  ["blue", null],
  ["#12345g", null],
])("white on %s has a contrast of %s", (color, contrast) => {
  const found = contrastWithWhite(color);
  if (contrast === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(contrast, 1);
});

test.each<[string, string[], string | null]>([
  ["", [], null],
  ["example.com\n\n shop.example.org ", ["example.com", "shop.example.org"], null],
  ["https://Example.com/pricing?a=1", ["example.com"], null],
  ["example.com\nexample.com", ["example.com"], null],
  ["localhost:8080", ["localhost:8080"], null],
  ["*.example.com", ["*.example.com"], null],
  ["münchen.de", ["xn--mnchen-3ya.de"], null],
  ["example.com\nnot a site\nalso wrong!", ["example.com"], "not a site"],
  ["shop", [], "shop"],
  ["me@example.com", [], "me@example.com"],
])("reads %j", (text, domains, invalid) => {
  expect(parseDomains(text)).toMatchObject(invalid === null ? { domains, invalid } : { invalid });
});
