import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { AppError } from "../errors/index.ts";
import type { AddressPolicy } from "./address-policy.ts";

export type ResolvedAddress = { address: string; family: number };

/** Finds all addresses of a host name; rejects like `dns.lookup` if there is none. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

export const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true });

/**
 * Opens connections for undici. The name is resolved once, every address it has must be allowed, and the socket
 * connects to one of exactly those addresses: a name that changes its answer between check and use gains nothing.
 */
export function createCheckedConnect(options: {
  mayConnect: AddressPolicy;
  resolve: Resolve;
  timeoutMs: number;
}): buildConnector.connector {
  return (target, callback) => {
    allowedAddresses(target, options).then(
      // A connector of its own per socket: the only way to hand it the addresses of this very check.
      (addresses) =>
        buildConnector({ timeout: options.timeoutMs, allowH2: false, lookup: answering(addresses) })(
          target,
          callback,
        ),
      (error: Error) => callback(error, null),
    );
  };
}

/** The addresses of a host, all of which may be connected to. Throws `ADDRESS_NOT_ALLOWED`, or the resolver's error. */
export async function allowedAddresses(
  target: { hostname: string; port: string; protocol: string },
  options: { mayConnect: AddressPolicy; resolve: Resolve },
): Promise<ResolvedAddress[]> {
  const hostname = target.hostname.replace(/^\[|\]$/g, "");
  const port = Number(target.port) || (target.protocol === "https:" ? 443 : 80);
  const addresses = await addressesOf(hostname, options.resolve);
  const allowed = addresses.every(({ address }) => options.mayConnect({ hostname, port, address }));
  if (addresses.length === 0 || !allowed) throw addressNotAllowed();
  return addresses;
}

/** One text for a name that does not exist and one that leads inside, so that neither can be told from the other. */
export function addressNotAllowed(cause?: unknown): AppError {
  const text = "The address is not allowed: it must be an existing public host, by http or https.";
  return new AppError("ADDRESS_NOT_ALLOWED", text, { cause });
}

async function addressesOf(hostname: string, resolve: Resolve): Promise<ResolvedAddress[]> {
  const family = isIP(hostname);
  if (family !== 0) return [{ address: hostname, family }];
  try {
    return await resolve(hostname);
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOTFOUND";
    if (missing) throw addressNotAllowed(error);
    throw error;
  }
}

function answering(addresses: ResolvedAddress[]): LookupFunction {
  return (_hostname, { all }, callback) => {
    const [first] = addresses;
    if (all || !first) callback(null, addresses);
    else callback(null, first.address, first.family);
  };
}
