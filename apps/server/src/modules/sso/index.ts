export { ssoBase } from "./addresses.ts";
export type { Arrival } from "./service/end-sign-in.ts";
export { getServiceProviderMetadata } from "./service/metadata.ts";
export { finishOidcSignIn } from "./service/oidc-sign-in.ts";
export { acceptAssertion, finishSamlSignIn } from "./service/saml-sign-in.ts";
export { tidySso } from "./service/tidy.ts";
