import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** SHA-256 of the data, as 64 lower-case hex digits. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** HMAC-SHA256 of the data under the secret, as 64 lower-case hex digits. */
export function hmacSign(secret: string | Uint8Array, data: string | Uint8Array): string {
  return createHmac("sha256", secret).update(data).digest("hex");
}

/**
 * Whether two texts are equal, in a time that tells nothing about where, or how far, they differ.
 * Both sides are hashed first, so that texts of different length take the same path.
 */
export function constantTimeEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** An unguessable token of `bytes` random bytes (32 by default), URL-safe (base64url, no padding). */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString("base64url");
}

const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** An unguessable text of so many letters and digits; each is worth 5.95 bits. */
export function randomAlphanumeric(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // the last bytes would make the first letters likelier
      if (byte < 248 && text.length < length) text += alphanumeric[byte % 62];
    }
  }
  return text;
}
