export type { AllowPrivate } from "./address-policy.ts";
export type { Resolve, ResolvedAddress } from "./checked-connect.ts";
export { createOutbound, type Outbound, type OutboundOptions } from "./outbound.ts";
