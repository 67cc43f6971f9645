import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Vault } from "../../../platform/crypto/index.ts";

const amount = 10;
/** Without letters that look like others; 32 of them, so that each byte gives one without bias. */
const letters = "abcdefghijkmnpqrstuvwxyz23456789";

/** Ten new codes of 50 bits, as people copy them: `k7mpq-x2nfa`. */
export function newBackupCodes(): string[] {
  return Array.from({ length: amount }, () => {
    const text = Array.from(randomBytes(10), (byte) => letters.charAt(byte % 32)).join("");
    return `${text.slice(0, 5)}-${text.slice(5)}`;
  });
}

/** A code as it was typed, the way it was given out; null for what cannot be one. */
export function readBackupCode(typed: string): string | null {
  const text = typed.toLowerCase().replaceAll(/[\s-]/g, "");
  return /^[a-z2-9]{10}$/.test(text) ? `${text.slice(0, 5)}-${text.slice(5)}` : null;
}

const listSchema = z.array(z.string());

/** The codes that are left, sealed for their owner; nobody sees them a second time. */
export function sealCodes(vault: Vault, userId: string, codes: string[]): string {
  return vault.seal(userId, "backup-codes", JSON.stringify(codes));
}

export function openCodes(vault: Vault, userId: string, sealed: string | null): string[] {
  return sealed === null ? [] : listSchema.parse(JSON.parse(vault.open(userId, "backup-codes", sealed)));
}
