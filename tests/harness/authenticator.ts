import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

/**
 * A security key made of software, for Web Authentication: it makes passkeys and answers challenges as a browser hands
 * them on. `verifiesUser`: whether it says that it checked who is at it (PIN, finger, face).
 */
export function createAuthenticator(origin: string, { verifiesUser = true } = {}) {
  const rpIdHash = createHash("sha256").update(new URL(origin).hostname).digest();
  const credentialId = randomBytes(16);
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  let counter = 0;

  const dataFor = (flags: number, rest = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++counter);
    return Buffer.concat([rpIdHash, Buffer.from([flags | (verifiesUser ? 0x04 : 0)]), count, rest]);
  };
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const credential = {
    id: credentialId.toString("base64url"),
    rawId: credentialId.toString("base64url"),
    type: "public-key" as const,
    clientExtensionResults: {},
  };

  return {
    credentialId: credential.id,
    /** Makes the passkey: the answer to `passkeys.startRegistration`. */
    register(challenge: string) {
      const attested = Buffer.concat([
        Buffer.alloc(16),
        Buffer.from([0, credentialId.length]),
        credentialId,
        coseKey(publicKey),
      ]);
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3]),
        cborText("fmt"),
        cborText("none"),
        cborText("attStmt"),
        Buffer.from([0xa0]),
        cborText("authData"),
        cborBytes(dataFor(0x41, attested)),
      ]);
      return {
        ...credential,
        response: {
          clientDataJSON: clientData("webauthn.create", challenge).toString("base64url"),
          attestationObject: attestationObject.toString("base64url"),
          transports: ["internal"],
        },
      };
    },
    /** Signs in: the answer to `passkeys.startSignIn`. */
    signIn(challenge: string) {
      const authenticatorData = dataFor(0x01);
      const client = clientData("webauthn.get", challenge);
      const signed = Buffer.concat([authenticatorData, createHash("sha256").update(client).digest()]);
      return {
        ...credential,
        response: {
          clientDataJSON: client.toString("base64url"),
          authenticatorData: authenticatorData.toString("base64url"),
          signature: createSign("sha256").update(signed).sign(privateKey).toString("base64url"),
        },
      };
    },
  };
}

/** An ES256 key as COSE writes it (RFC 9052). */
function coseKey(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const coordinate = (text: string) => cborBytes(Buffer.from(text, "base64url"));
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    coordinate(x),
    Buffer.from([0x22]),
    coordinate(y),
  ]);
}

function cborBytes(bytes: Uint8Array): Buffer {
  const length = bytes.length < 24 ? [0x40 | bytes.length] : [0x58, bytes.length];
  return Buffer.concat([Buffer.from(length), bytes]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 | text.length]), Buffer.from(text)]);
}
