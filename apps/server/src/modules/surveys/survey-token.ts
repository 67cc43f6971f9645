import { randomToken, sha256Hex } from "../../platform/crypto/index.ts";

const format = /^([\w-]{22})[\w-]{32}$/;

/** A token that opens one invitation by link. It begins with whose it is: nobody is signed in where it is read. */
export function newSurveyToken(tenantId: string): { token: string; tokenHash: string } {
  const whose = Buffer.from(tenantId.replaceAll("-", ""), "hex").toString("base64url");
  const token = `${whose}${randomToken(24)}`;
  return { token, tokenHash: sha256Hex(token) };
}

/** Whose a token says to be, and by what it is found; null for what is none. */
export function readSurveyToken(token: string): { tenantId: string; tokenHash: string } | null {
  const whose = format.exec(token)?.[1];
  if (!whose) return null;
  const hex = Buffer.from(whose, "base64url").toString("hex");
  const tenantId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { tenantId, tokenHash: sha256Hex(token) };
}
