import type { Inputs, Outputs } from "../../../lib/trpc.ts";

export type SsoSetUp = Outputs["enterpriseSecurity"]["getSsoConfig"];
export type SsoConfig = NonNullable<SsoSetUp["config"]>;
export type SsoInput = Inputs["enterpriseSecurity"]["setSsoConfig"];
export type Template = SsoConfig["template"];

export const templates = ["google", "okta", "entra", "oidc", "saml"] as const satisfies Template[];

/** What is saved when nothing but these changes: the provider stays as it is. */
export function withChanges(config: SsoConfig, changes: Partial<SsoInput>): SsoInput {
  const { template, domain, defaultRole, passwordAllowed, idpInitiated, enabled } = config;
  return { template, domain, defaultRole, passwordAllowed, idpInitiated, enabled, ...changes };
}

/** Where the issuer of a provider is always, or mostly, to be found. */
export const usualIssuer: Record<Exclude<Template, "saml">, string> = {
  google: "https://accounts.google.com",
  okta: "https://example.okta.com",
  entra: "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0",
  oidc: "https://id.example.com",
};
