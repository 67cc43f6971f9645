import { passkey } from "@better-auth/passkey";
import { jwt, organization } from "better-auth/plugins";
import { adminAc, memberAc, ownerAc } from "better-auth/plugins/organization/access";

const day = 24 * 3600;

/** A tenant is better-auth's organization. What a role may do in the product is said in `policies/`. */
export function tenantPlugin() {
  return organization({
    creatorRole: "owner",
    roles: { owner: ownerAc, admin: adminAc, agent: memberAc, member: memberAc },
    requireEmailVerificationOnInvitation: false,
    schema: { organization: { modelName: "tenant" } },
  });
}

/**
 * Passkeys: registered and shown by procedures of ours (`passkeys/`), which ask for the password or a fresh session
 * themselves, so that the plugin asks for a session only.
 */
export function passkeys(publicUrl: string) {
  return passkey({
    rpID: new URL(publicUrl).hostname,
    rpName: "Parlance",
    origin: new URL(publicUrl).origin,
    // found without an address being typed; and whoever is at the device has to show that it is they
    authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
    registration: { requireSession: false },
  });
}

/** RS256 key pairs that rotate by themselves, and what is signed with them. */
export function accessTokens(publicUrl: string) {
  return jwt({
    jwks: {
      keyPairConfig: { alg: "RS256", modulusLength: 2048 },
      rotationInterval: 30 * day,
      gracePeriod: 7 * day,
      jwksPath: "/.well-known/jwks.json",
    },
    jwt: { issuer: publicUrl, audience: publicUrl },
    disableSettingJwtHeader: true,
  });
}
