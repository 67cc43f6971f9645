import { X509Certificate } from "node:crypto";
import * as samlify from "samlify";
import { z } from "zod";
import { AppError } from "../../../platform/errors/index.ts";

/** Bytes of a provider's metadata; a federation's hundreds of providers are not one. */
export const mostMetadata = 256 * 1024;
const mostCertificates = 10;

/** A SAML identity provider, as far as signing in needs to know it. */
export interface SamlProvider {
  entityId: string;
  /** Its page for HTTP-Redirect. */
  entryPoint: string;
  /** Base64 of the DER of those that may sign its assertions. */
  certificates: string[];
}

const foundSchema = z.object({ entityId: z.string().min(1).max(1_000), entryPoint: z.url().max(2_000) });

/** What of a provider's metadata matters. Throws VALIDATION_ERROR, which says what is missing. */
export function readIdpMetadata(xml: string): SamlProvider {
  assertPlainXml(xml);
  let metadata: ReturnType<typeof samlify.IdPMetadata>;
  try {
    metadata = samlify.IdPMetadata(xml);
  } catch (cause) {
    throw wrong("The metadata cannot be read: they must be the XML of one identity provider.", cause);
  }
  const entryPoint = "getSingleSignOnService" in metadata ? redirectServiceOf(metadata) : undefined;
  const found = foundSchema.safeParse({ entityId: metadata.getEntityID(), entryPoint });
  if (!found.success) {
    throw wrong(
      "The metadata name no single sign-on service for the HTTP-Redirect binding. Take those of the identity provider, not of an application.",
    );
  }
  const certificates = [metadata.getX509Certificate("signing") ?? []].flat(2).filter(Boolean);
  if (certificates.length === 0) throw wrong("The metadata hold no certificate for signing.");
  return { ...found.data, certificates: readCertificates(certificates) };
}

/** Certificates as PEM, several one after another, or as bare Base64. Throws VALIDATION_ERROR. */
export function readCertificates(texts: readonly string[]): string[] {
  const bodies = texts.flatMap((text) =>
    text
      .split(/-----(?:BEGIN|END) CERTIFICATE-----/)
      .map((part) => part.replaceAll(/\s/g, ""))
      .filter(Boolean),
  );
  if (bodies.length === 0) throw wrong("Paste the certificate with which the provider signs.");
  if (bodies.length > mostCertificates) {
    throw wrong(`There are ${bodies.length} certificates; at most ${mostCertificates} are allowed.`);
  }
  return [...new Set(bodies)].map((body) => {
    const certificate = openCertificate(body);
    if (certificate.publicKey.asymmetricKeyType !== "rsa") {
      throw wrong("The certificate's key is not RSA. Have the provider sign with RSA and SHA-256.");
    }
    return certificate.raw.toString("base64");
  });
}

/** Throws VALIDATION_ERROR for what is no certificate. */
export function openCertificate(base64: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(base64, "base64"));
  } catch (cause) {
    throw wrong("The certificate cannot be read. Paste it whole, from BEGIN to END CERTIFICATE.", cause);
  }
}

/** XML without declarations of its own: no entities, no DOCTYPE, no comments that cut a value in two. */
export function isPlainXml(xml: string): boolean {
  return !xml.includes("<!") && !/<\?(?!xml\s)/.test(xml);
}

function assertPlainXml(xml: string): void {
  if (Buffer.byteLength(xml) > mostMetadata) {
    throw wrong(`The metadata are larger than ${mostMetadata / 1024} KB. Take those of your provider alone.`);
  }
  if (!isPlainXml(xml.replaceAll(/<!--[\s\S]*?-->/g, ""))) {
    throw wrong("The metadata hold a document type or a processing instruction, which is not allowed.");
  }
}

function redirectServiceOf(metadata: object): unknown {
  return metadata instanceof Object && "meta" in metadata ? serviceOf(metadata.meta) : undefined;
}

const redirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

function serviceOf(meta: unknown): unknown {
  const parsed = z.object({ singleSignOnService: z.record(z.string(), z.unknown()) }).safeParse(meta);
  return parsed.success ? parsed.data.singleSignOnService[redirectBinding] : undefined;
}

function wrong(message: string, cause?: unknown): AppError {
  return new AppError("VALIDATION_ERROR", message, {
    details: { fields: [{ path: "saml", message }] },
    cause,
  });
}
