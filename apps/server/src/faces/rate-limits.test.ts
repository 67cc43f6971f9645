import { expect, test } from "vitest";
import { addressKey } from "../platform/rate-limit/index.ts";
import { ratePolicies } from "./rate-limits.ts";

test("the limits are those of the seeds", () => {
  const { public: open, authenticated, tenant, chatMessage, knowledgeUpload, ai } = ratePolicies;
  const ofSeed000 = [open, authenticated, tenant, chatMessage, knowledgeUpload, ai];
  expect(ofSeed000.map(({ rules: [rule] }) => [rule.limit, rule.windowMs / 60_000])).toEqual([
    [20, 1],
    [100, 1],
    [200, 1],
    [60, 1],
    [30, 60],
    [100, 1],
  ]);
  expect(ratePolicies.tenantApi.rules.map(({ limit, windowMs }) => [limit, windowMs / 60_000])).toEqual([
    [100, 1],
    [300, 5],
  ]);
  const { question, translation, summary, v1, v1Search, v1Ai, webhook, socketMessage } = ratePolicies;
  const others = [question, translation, summary, v1, v1Search, v1Ai, webhook, socketMessage];
  expect(others.map(({ rules: [rule] }) => rule.limit)).toEqual([10, 5, 3, 100, 30, 20, 1_000, 50]);
});

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
  ["2001:db8:1:3::1", "2001:db8:1:3::/64"],
  ["unknown", "unknown"],
])("calls from %s are counted as %s", (address, key) => expect(addressKey(address)).toBe(key));
