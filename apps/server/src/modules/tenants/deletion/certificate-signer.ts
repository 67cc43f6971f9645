import { createPrivateKey, createPublicKey } from "node:crypto";
import { CompactSign, calculateJwkThumbprint } from "jose";
import type { CertificateSigner } from "../../../ports/index.ts";

/** An Ed25519 private key in PKCS #8 is these bytes and its 32 of seed (RFC 8410). */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/**
 * Signs by Ed25519 with a key that follows from the server's secret. The keys of access tokens would not do: they are
 * replaced each month, and a certificate must be checked years later.
 */
export async function createCertificateSigner(seed: Uint8Array): Promise<CertificateSigner> {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
  const jwk = createPublicKey(key).export({ format: "jwk" });
  const kid = await calculateJwkThumbprint(jwk);
  return {
    sign: (document) =>
      new CompactSign(Buffer.from(JSON.stringify(document)))
        .setProtectedHeader({ alg: "EdDSA", kid, typ: "JOSE" })
        .sign(key),
    keys: { keys: [{ ...jwk, kid, alg: "EdDSA", use: "sig" }] },
  };
}
