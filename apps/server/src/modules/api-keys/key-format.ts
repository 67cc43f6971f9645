import { crc32 } from "node:zlib";
import { randomAlphanumeric } from "../../platform/crypto/index.ts";

/*
 * prl_<24: which key it is>_<40: its secret><7: a checksum of all before>
 *
 * The prefix and the checksum are for machines that look for leaked secrets, and tell a key with a typing
 * error from one that never was. They protect nothing: the secret does.
 */
const pattern = /^(prl_([0-9A-Za-z]{24})_([0-9A-Za-z]{40}))([0-9a-z]{7})$/;

export interface KeyParts {
  publicPart: string;
  secret: string;
}

/** A new key, or another secret for a known one. `text` is what its holder keeps. */
export function makeKey(publicPart: string = randomAlphanumeric(24)): KeyParts & { text: string } {
  const secret = randomAlphanumeric(40);
  const body = `prl_${publicPart}_${secret}`;
  return { publicPart, secret, text: body + checksum(body) };
}

/** The parts of a key; null for what is no key at all, or has a wrong letter somewhere. */
export function parseKey(text: string): KeyParts | null {
  const [, body, publicPart, secret, check] = pattern.exec(text) ?? [];
  if (!body || !publicPart || !secret || check !== checksum(body)) return null;
  return { publicPart, secret };
}

/** What lists show of a key: enough to know it again. */
export function prefixOf(publicPart: string): string {
  return `prl_${publicPart.slice(0, 8)}`;
}

/** The whole CRC-32, so that every single wrong letter is seen. */
function checksum(body: string): string {
  return crc32(body).toString(36).padStart(7, "0");
}
