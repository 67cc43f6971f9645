import { createSign, generateKeyPairSync } from "node:crypto";

/*
 * A self-signed certificate, as identity providers use them. Node reads certificates and makes none, so the few
 * pieces of one are written here (X.509, DER).
 */

export interface KeyWithCertificate {
  /** PEM. */
  privateKey: string;
  /** Base64 of the DER, as it stands in metadata. */
  certificate: string;
}

export function makeCertificate(name: string, { days = 3_650 }: { days?: number } = {}): KeyWithCertificate {
  const pair = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const rsaSha256 = sequence(Buffer.from("06092a864886f70d01010b", "hex"), Buffer.from("0500", "hex"));
  const commonName = sequence(Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from(name)));
  const owner = sequence(der(0x31, commonName));
  const start = Date.now() - 86_400_000;
  const validity = sequence(time(start), time(Math.max(start, start + days * 86_400_000)));
  const body = sequence(
    der(0xa0, integer(2)),
    integer(Math.floor(Math.random() * 2 ** 30) + 1),
    rsaSha256,
    owner,
    validity,
    owner,
    pair.publicKey,
  );
  const signature = createSign("RSA-SHA256").update(body).sign(pair.privateKey);
  const whole = sequence(body, rsaSha256, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return { privateKey: pair.privateKey, certificate: whole.toString("base64") };
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function integer(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(value, 1);
  const first = bytes.findIndex((byte, at) => byte !== 0 || at === 4);
  return der(0x02, bytes.subarray((bytes[first] ?? 0) >= 128 ? first - 1 : first));
}

function time(ms: number): Buffer {
  const text = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return der(0x18, Buffer.from(text)); // 20260102030405Z
}
