import { createHmac } from "node:crypto";
import { constantTimeEqual } from "../../platform/crypto/index.ts";

/** Twilio's signature of a request: HMAC-SHA1 over the address and every parameter's name and values, sorted. */
export function twilioSignature(authToken: string, url: string, params: URLSearchParams): string {
  const names = [...new Set(params.keys())].sort();
  const said = names.map((name) => name + [...new Set(params.getAll(name))].sort().join(name));
  return createHmac("sha1", authToken)
    .update(url + said.join(""))
    .digest("base64");
}

/** Whether Twilio signed it with this account's token. Twilio names the port of an address or leaves it out: both are right. */
export function isSignedByTwilio(
  authToken: string,
  { url, params, signature }: { url: string; params: URLSearchParams; signature: string },
): boolean {
  return [url, otherPort(url)].some((each) =>
    constantTimeEqual(twilioSignature(authToken, each, params), signature),
  );
}

/** The same address without its port, or with the usual one where it names none. */
function otherPort(url: string): string {
  const { protocol, hostname, host, port } = new URL(url);
  const other = port ? hostname : `${hostname}:${protocol === "https:" ? 443 : 80}`;
  return url.replace(`//${host}`, `//${other}`);
}
