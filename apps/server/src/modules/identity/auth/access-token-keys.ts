import type { JSONWebKeySet } from "jose";
import type { Ports } from "../../../ports/index.ts";
import { authOf } from "./auth-of.ts";

/**
 * The key pairs that access tokens are signed with. The newest signs, and is made where there is none or the last is
 * 30 days old; the public keys are those that signed until a week ago.
 */
export function accessTokenSigner(where: { ports: Pick<Ports, "auth"> }) {
  return {
    async sign(claims: Record<string, unknown>): Promise<string> {
      const { token } = await authOf(where).api.signJWT({ body: { payload: claims } });
      return token;
    },
    keys: (): Promise<JSONWebKeySet> => authOf(where).api.getJwks(),
  };
}
