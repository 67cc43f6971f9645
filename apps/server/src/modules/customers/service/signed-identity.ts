import { jwtVerify } from "jose";
import { z } from "zod";
import { AppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { workingSecrets } from "./identity-secret.ts";

/** Who the tenant's site says that its visitor is. `sub` is the id by which the site knows them. */
const claimsSchema = z.object({
  sub: z.union([z.string().trim().min(1).max(200), z.number().transform(String)]),
  email: z.email().max(320).optional(),
  phone: z.string().max(40).optional(),
  name: z.string().trim().min(1).max(200).optional(),
  company: z.string().trim().min(1).max(200).optional(),
});
export type SignedClaims = z.output<typeof claimsSchema>;

/**
 * Reads a signed identity: a JSON Web Token under HMAC-SHA256 (HS256) with the tenant's own secret, compared in
 * constant time. With `exp` it ends then, which a site should set, to minutes. Throws UNAUTHORIZED, alike for whatever
 * is wrong with it: a forger learns nothing.
 */
export async function readSignedIdentity(ctx: TxCtx, token: string): Promise<SignedClaims> {
  for (const secret of await workingSecrets(ctx)) {
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
        algorithms: ["HS256"],
        currentDate: ctx.now(),
      });
      return claimsSchema.parse(payload);
    } catch {} // the other secret may be the one
  }
  throw new AppError(
    "UNAUTHORIZED",
    "The signed identity is not good. It is a JSON Web Token (HS256) with `sub`, under this workspace's identity secret, and not expired.",
  );
}
