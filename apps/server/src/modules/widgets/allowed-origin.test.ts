import { expect, test } from "vitest";
import { isAllowedOrigin } from "./allowed-origin.ts";

const own = "https://parlance.example";

test.each([
  ["any page, where no domain is set", "https://any.example", [], true],
  ["no page at all, where no domain is set", null, [], true],
  ["the server's own pages", own, ["shop.example"], true],
  ["a listed host", "https://shop.example", ["shop.example"], true],
  ["a listed host on any port", "https://shop.example:8443", ["shop.example"], true],
  ["a listed host with its port", "http://localhost:8080", ["localhost:8080"], true],
  ["a subdomain of a wildcard", "https://a.b.shop.example", ["*.shop.example"], true],
  ["another port", "http://localhost:8081", ["localhost:8080"], false],
  ["the wildcard's own domain", "https://shop.example", ["*.shop.example"], false],
  ["a host that ends alike", "https://evilshop.example", ["*.shop.example", "shop.example"], false],
  ["a host that begins alike", "https://shop.example.evil.example", ["shop.example"], false],
  ["an opaque origin", "null", ["shop.example"], false],
  ["no origin, where domains are set", null, ["shop.example"], false],
])("%s", (_title, origin, domains, allowed) => {
  expect(isAllowedOrigin(origin, domains, own)).toBe(allowed);
});
