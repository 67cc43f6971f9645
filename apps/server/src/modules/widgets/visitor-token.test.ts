import { decodeJwt, SignJWT } from "jose";
import { expect, test } from "vitest";
import { createVisitorTokens } from "./visitor-token.ts";

const secret = new Uint8Array(32).fill(7);
const claims = {
  tenantId: "01a1fd64-8ca9-765d-bbdf-702313234a8e",
  widgetId: "01a1fd64-8ca9-765d-bbdf-702313234a8f",
  botId: "01a1fd64-8ca9-765d-bbdf-702313234a90",
  customerId: "01a1fd64-8ca9-765d-bbdf-702313234a91",
  origin: "https://shop.example",
};
const sign = (payload: object, change: { audience?: string; expires?: string; alg?: string }) =>
  new SignJWT({ ...payload })
    .setProtectedHeader({ alg: change.alg ?? "HS256" })
    .setAudience(change.audience ?? "parlance-widget")
    .setExpirationTime(change.expires ?? "1h")
    .sign(secret);

test("a token says what it was issued for, and until when", async () => {
  const tokens = createVisitorTokens(secret);
  const token = await tokens.issue(claims);
  const { exp = 0 } = decodeJwt(token);
  expect(await tokens.read(token)).toEqual({ ...claims, expiresAt: new Date(exp * 1000) });
  expect(exp * 1000).toBeGreaterThan(Date.now());
});

test.each([
  ["expired", () => sign(claims, { expires: "-1s" })],
  ["for another audience", () => sign(claims, { audience: "parlance-console" })],
  ["signed in another way", () => sign(claims, { alg: "HS512" })],
  ["without a tenant", () => sign({ ...claims, tenantId: undefined }, {})],
  ["with a customer that is no id", () => sign({ ...claims, customerId: "*" }, {})],
  ["of another server", () => createVisitorTokens(new Uint8Array(32).fill(8)).issue(claims)],
])("a token %s is refused", async (_title, token) => {
  await expect(createVisitorTokens(secret).read(await token())).rejects.toMatchObject({
    code: "UNAUTHORIZED",
  });
});
