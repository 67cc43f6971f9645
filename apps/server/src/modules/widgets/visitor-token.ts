import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { AppError } from "../../platform/errors/index.ts";
import type { VisitorTokens } from "../../ports/index.ts";

const audience = "parlance-widget";
const lifetime = "30d";

const claimsSchema = z.object({
  tenantId: z.uuid(),
  widgetId: z.uuid(),
  botId: z.uuid(),
  customerId: z.uuid(),
  origin: z.string().nullable(),
  exp: z.number(),
});

/** HS256 tokens under a secret of their own, so that no other token of the server passes for one. */
export function createVisitorTokens(secret: Uint8Array): VisitorTokens {
  return {
    issue: (claims) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: "HS256" })
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(secret),
    async read(token) {
      try {
        const { payload } = await jwtVerify(token, secret, { audience, algorithms: ["HS256"] });
        const { exp, ...claims } = claimsSchema.parse(payload);
        return { ...claims, expiresAt: new Date(exp * 1000) };
      } catch (error) {
        throw new AppError("UNAUTHORIZED", "The widget's session has ended. Open it again.", {
          cause: error,
        });
      }
    },
  };
}
