import { type Capability, everyone, managers } from "./capability.ts";

/** An issuer that nobody asks: it is public, and stands as a number, so that no name is looked up. */
const issuer = "https://192.0.1.1";

/** Single sign-on: one connection of the tenant, without an id of its own. */
export const sso: Capability = {
  async furnish({ owner, word }) {
    await owner.trpc.enterpriseSecurity.setSsoConfig.mutate({
      template: "oidc",
      domain: `${owner.tenantId}.example`,
      oidc: { issuer, clientId: word, clientSecret: `secret ${word}` },
    });
    return {};
  },
  needed: { "enterpriseSecurity.setSsoConfig": ["defaultRole"] },
  inputs: {
    "auth.ssoStart": { email: "somebody@corp.example" },
    "enterpriseSecurity.setSsoConfig": {
      template: "oidc",
      domain: "corp.example",
      oidc: { issuer, clientId: "client", clientSecret: "secret" },
    },
  },
  ids: {
    "enterpriseSecurity.setSsoConfig.oidc.clientId": "chosen",
    "enterpriseSecurity.setSsoConfig.saml.entityId": "chosen",
    "enterpriseSecurity.setSsoConfig.defaultRole": "customRole",
  },
  callers: {
    // whoever wants to sign in; which domains have single sign-on is to be seen by anybody who tries
    "auth.ssoStart": everyone,
    "enterpriseSecurity.getSsoConfig": managers,
    "enterpriseSecurity.setSsoConfig": managers,
    "enterpriseSecurity.testSsoConfig": managers,
    "enterpriseSecurity.verifySsoDomain": managers,
    "enterpriseSecurity.removeSsoConfig": managers,
  },
};
