import type { Ctx } from "../../ports/index.ts";
import type { ConnectionRow } from "./connections.queries.ts";

const purpose = "sso-client-secret";

type Sealing = Pick<Ctx, "vault" | "tenantId">;

export function sealSecret(ctx: Sealing, secret: string): string {
  return ctx.vault.seal(ctx.tenantId, purpose, secret);
}

/** Null where none is kept, or it was sealed under a secret of the server's that is not known any more. */
export function openSecret(
  ctx: Sealing,
  { sealedSecret }: Pick<ConnectionRow, "sealedSecret">,
): string | null {
  try {
    return sealedSecret && ctx.vault.open(ctx.tenantId, purpose, sealedSecret);
  } catch {
    return null;
  }
}
