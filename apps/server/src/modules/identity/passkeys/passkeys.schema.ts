import { z } from "zod";

/** What a browser needs to sign in by a passkey (`PublicKeyCredentialRequestOptionsJSON`). */
export const signInOptionsSchema = z.looseObject({ challenge: z.string() });

/** What it needs to make one (`PublicKeyCredentialCreationOptionsJSON`). */
export const registrationOptionsSchema = signInOptionsSchema.extend({
  rp: z.object({ id: z.string().exactOptional(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal("public-key"), alg: z.number() })),
});

const base64url = z.string().max(20_000);

const credentialSchema = z.looseObject({
  id: z.string().min(1).max(2_000),
  rawId: z.string().min(1).max(2_000),
  type: z.literal("public-key"),
  clientExtensionResults: z.looseObject({}).default({}),
});

/** What a browser answers when a passkey is made (`RegistrationResponseJSON`); better-auth checks the rest. */
export const registrationSchema = credentialSchema.extend({
  response: z.looseObject({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
});

/** What it answers when one signs in (`AuthenticationResponseJSON`). */
export const assertionSchema = credentialSchema.extend({
  response: z.looseObject({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
});

export const nameSchema = z.string().trim().min(1).max(60);

export const passkeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  backedUp: z.boolean(),
  createdAt: z.date(),
});
