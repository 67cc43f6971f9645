import { createHmac, randomBytes } from "node:crypto";
import { constantTimeEqual } from "../../../platform/crypto/index.ts";

/* Time-based one-time passwords (RFC 6238) as every authenticator app makes them: SHA-1, six digits, 30 seconds. */

const period = 30;
const digits = 6;
/** Codes of the step before and after work too: clocks of phones differ, and typing takes time. */
const drift = 1;

/** A new shared secret of 160 bits, in base32, which is what people can type. */
export function newSecret(): string {
  return toBase32(randomBytes(20));
}

/** The number of the 30 seconds in which a moment lies. */
export function stepAt(moment: Date): number {
  return Math.floor(moment.getTime() / 1000 / period);
}

/** The code of a step. */
export function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = hash.readUInt8(hash.length - 1) & 0xf;
  const number = hash.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/** The step whose code this is, among those that are taken at the moment; null if it is none of theirs. */
export function stepOf(secret: string, code: string, moment: Date): number | null {
  const now = stepAt(moment);
  for (let step = now - drift; step <= now + drift; step++) {
    if (constantTimeEqual(codeOf(secret, step), code)) return step;
  }
  return null;
}

/** What the QR code says: authenticator apps read it, with the account's name for their list. */
export function setUpAddress(secret: string, email: string): string {
  const issuer = "Parlance";
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?${new URLSearchParams({
    secret,
    issuer,
    algorithm: "SHA1",
    digits: String(digits),
    period: String(period),
  })}`;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function toBase32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet.charAt(Number.parseInt(group.padEnd(5, "0"), 2))).join("");
}

function fromBase32(text: string): Uint8Array {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
