import { expect, test } from "vitest";
import { newBackupCodes, readBackupCode } from "./backup-codes.ts";
import { lockAfter } from "./lock.ts";
import { codeOf, newSecret, setUpAddress, stepAt, stepOf } from "./totp.ts";

/** "12345678901234567890" in base32, the secret of RFC 6238, appendix B. */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test.each([
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
])("the code at second %i is that of RFC 6238", (second, code) => {
  expect(codeOf(secret, stepAt(new Date(second * 1000)))).toBe(code);
});

test("codes of the step before and after are taken, and no others", () => {
  const now = new Date("2026-05-05T12:00:00Z");
  const step = stepAt(now);
  const taken = [-2, -1, 0, 1, 2].map((away) => stepOf(secret, codeOf(secret, step + away), now));
  expect(taken).toEqual([null, step - 1, step, step + 1, null]);
  for (const typed of ["", "12345", "1234567", "abcdef"]) expect(stepOf(secret, typed, now)).toBeNull();
});

test("a new secret has 160 bits, and the address that an app reads names it, the product and the account", () => {
  expect(new Set(Array.from({ length: 200 }, newSecret)).size).toBe(200);
  expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(setUpAddress(secret, "ada+x@example.test")).toBe(
    `otpauth://totp/Parlance:ada%2Bx%40example.test?secret=${secret}&issuer=Parlance&algorithm=SHA1&digits=6&period=30`,
  );
});

test("backup codes are ten, different, and read however they are typed", () => {
  const codes = newBackupCodes();
  expect(new Set(codes).size).toBe(10);
  const [code = ""] = codes;
  for (const typed of [code, code.toUpperCase(), code.replace("-", " "), ` ${code.replace("-", "")} `]) {
    expect(readBackupCode(typed)).toBe(code);
  }
  for (const typed of ["123456", "", "aaaaa-aaaa1x", "aaaaa-aaaaaa"])
    expect(readBackupCode(typed)).toBeNull();
});

test("every fifth wrong try in a row locks, and each lock is longer, to an hour", () => {
  const now = new Date(0);
  const minutes = (failures: number) => (lockAfter(failures, now)?.getTime() ?? 0) / 60_000;
  expect([0, 1, 4, 5, 6, 9, 10, 15, 20, 25, 500].map(minutes)).toEqual([0, 0, 0, 1, 0, 0, 5, 15, 60, 60, 60]);
});
