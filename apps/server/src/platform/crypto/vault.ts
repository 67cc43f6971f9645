import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "../errors/index.ts";

/** A 32-byte key that all tenants' keys are derived from, and the short name written into each sealed text. */
export type MasterKey = {
  id: string;
  key: Uint8Array;
  /** Names that this key may have had before; several keys may share one, and each is tried. */
  formerIds?: readonly string[];
};

/** A master key named after itself, so that a text tells which of several keys it needs. */
export function namedMasterKey(key: Uint8Array, formerIds: readonly string[] = []): MasterKey {
  const fingerprint = createHash("sha256").update("vault-key-id").update(key).digest("base64url");
  return { id: fingerprint.slice(0, 12), key, formerIds };
}

/** Keeps small secrets (model keys, access tokens) encrypted at rest. */
export type Vault = {
  /** Encrypts `plaintext` for one tenant and one purpose, under the current master key. */
  seal(tenantId: string, purpose: string, plaintext: string): string;
  /**
   * Decrypts what `seal` made for the same tenant and purpose, under any known master key.
   * @throws AppError `INTERNAL` if the text was altered, belongs to another tenant or purpose, or its key is unknown.
   */
  open(tenantId: string, purpose: string, sealed: string): string;
  /** Whether the text is sealed under the current master key. If not, open it and seal it again to finish a rotation. */
  isCurrent(sealed: string): boolean;
};

const VERSION = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * A vault over the given master keys; the first one seals, the others only open.
 *
 * Sealed text is `v1.<key id>.<base64url of nonce, ciphertext, tag>`: AES-256-GCM with a random nonce, under a
 * key that HKDF-SHA256 derives per tenant and purpose. Version, key id, tenant and purpose are authenticated
 * too, so a sealed text copied into another tenant's row does not open.
 *
 * @throws Error if there is no key, a key is not 32 bytes, or an id is malformed or repeated.
 */
export function createVault(options: { masterKeys: MasterKey[] }): Vault {
  const ids = new Set<string>();
  const keysById = new Map<string, Uint8Array[]>();
  for (const { id, key, formerIds = [] } of options.masterKeys) {
    if (!KEY_ID.test(id)) throw new Error("A master key id is 1 to 64 letters, digits, '-' or '_'.");
    if (ids.has(id)) throw new Error(`Two master keys have the id "${id}".`);
    if (key.length !== 32)
      throw new Error(`Master key "${id}" has ${key.length} bytes; it needs exactly 32.`);
    ids.add(id);
    for (const name of [id, ...formerIds]) keysById.set(name, [...(keysById.get(name) ?? []), key]);
  }
  const current = options.masterKeys[0];
  if (!current) throw new Error("A vault needs at least one master key.");

  const seal: Vault["seal"] = (tenantId, purpose, plaintext) => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", deriveKey(current.key, tenantId, purpose), nonce);
    cipher.setAAD(authenticated(current.id, tenantId, purpose));
    const body = Buffer.concat([
      nonce,
      cipher.update(plaintext, "utf8"),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return `${VERSION}.${current.id}.${body.toString("base64url")}`;
  };

  const open: Vault["open"] = (tenantId, purpose, sealed) => {
    const [version, keyId = "", encoded = "", ...rest] = sealed.split(".");
    const body = Buffer.from(encoded, "base64url");
    const wellFormed = version === VERSION && rest.length === 0 && body.length >= NONCE_BYTES + TAG_BYTES;
    // Node's base64url decoder skips what it does not know; only the one spelling that `seal` writes may pass.
    if (!wellFormed || body.toString("base64url") !== encoded) throw unreadable("it is not a sealed text");
    const masterKeys = keysById.get(keyId);
    if (!masterKeys) throw unreadable("its master key is not among the configured ones");
    for (const masterKey of masterKeys) {
      const text = decrypt(body, masterKey, { keyId, tenantId, purpose });
      if (text !== null) return text;
    }
    throw unreadable("it was altered, or sealed for another tenant or purpose, or the master key changed");
  };

  return { seal, open, isCurrent: (sealed) => sealed.startsWith(`${VERSION}.${current.id}.`) };
}

/** Null if the body was not sealed under this key for this tenant and purpose. */
function decrypt(
  body: Buffer,
  masterKey: Uint8Array,
  { keyId, tenantId, purpose }: { keyId: string; tenantId: string; purpose: string },
): string | null {
  const nonce = body.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", deriveKey(masterKey, tenantId, purpose), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(authenticated(keyId, tenantId, purpose));
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function deriveKey(masterKey: Uint8Array, tenantId: string, purpose: string): Uint8Array {
  // JSON keeps the parts apart: ("a", "bc") and ("ab", "c") give different keys.
  const info = JSON.stringify(["vault", VERSION, tenantId, purpose]);
  return new Uint8Array(hkdfSync("sha256", masterKey, "", info, 32));
}

function authenticated(keyId: string, tenantId: string, purpose: string): Buffer {
  return Buffer.from(JSON.stringify([VERSION, keyId, tenantId, purpose]));
}

function unreadable(why: string): AppError {
  return new AppError("INTERNAL", `A stored secret cannot be read: ${why}.`);
}
