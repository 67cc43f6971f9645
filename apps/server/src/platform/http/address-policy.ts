import ipaddr from "ipaddr.js";

/**
 * Which addresses inside the operator's network may be reached: none (`false`), loopback and private networks
 * (`true`), or exactly those listed, each as `host:port` ("localhost:11434") or as a CIDR ("10.1.0.0/16").
 */
export type AllowPrivate = boolean | string[];

/** Whether a connection to `address` (an IP), made for the named host and port, may be opened. */
export type AddressPolicy = (target: { hostname: string; port: number; address: string }) => boolean;

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

const GLOBAL_UNICAST_V6: Network = [ipaddr.parse("2000::"), 3];

/** What `true` opens. Link-local is not among them: cloud providers serve credentials there. */
const PRIVATE_RANGES = new Set(["loopback", "private", "uniqueLocal", "carrierGradeNat"]);

/** Addresses of credential services outside the link-local range. Only a rule of the operator opens them. */
const METADATA_SERVICES = new Set(["100.100.100.200", "fd00:ec2::254"]);

/** @throws Error if a listed rule is neither `host:port` nor a CIDR. */
export function createAddressPolicy(allowPrivate: AllowPrivate): AddressPolicy {
  const rules = Array.isArray(allowPrivate) ? allowPrivate : [];
  const networks = rules.filter((rule) => ipaddr.isValidCIDR(rule)).map((rule) => ipaddr.parseCIDR(rule));
  const hosts = new Set(rules.filter((rule) => !ipaddr.isValidCIDR(rule)).map(hostAndPort));

  return ({ hostname, port, address }) => {
    const ip = ipaddr.process(address); // an IPv4 address written as IPv6 is judged as the IPv4 address
    if (isPublic(ip)) return true;
    if (hosts.has(`${hostname.toLowerCase()}:${port}`)) return true;
    if (networks.some((network) => contains(network, ip))) return true;
    return allowPrivate === true && PRIVATE_RANGES.has(ip.range()) && !METADATA_SERVICES.has(ip.toString());
  };
}

function isPublic(ip: Address): boolean {
  if (ip.range() !== "unicast") return false;
  // ipaddr.js knows the special ranges but calls the rest "unicast"; of IPv6 only 2000::/3 is handed out.
  return ip.kind() === "ipv4" || contains(GLOBAL_UNICAST_V6, ip);
}

function contains([network, bits]: Network, ip: Address): boolean {
  return network.kind() === ip.kind() && ip.match(network, bits);
}

function hostAndPort(rule: string): string {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+):(\d{1,5})$/i.exec(rule);
  if (!match?.[1]) {
    throw new Error(
      `"${rule}" does not name an allowed address. Write host:port or a CIDR such as 10.1.0.0/16.`,
    );
  }
  return `${match[1].replace(/[[\]]/g, "").toLowerCase()}:${Number(match[2])}`;
}
