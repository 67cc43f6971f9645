import { AppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { planOf } from "../plans.queries.ts";

/** Throws INSUFFICIENT_CREDITS where the tenant's plan keeps to the settings that come with a bot. */
export async function assertAdvancedRagConfig(ctx: TxCtx): Promise<void> {
  const plan = await planOf(ctx);
  if (plan.allowAdvancedRagConfig) return;
  throw new AppError(
    "INSUFFICIENT_CREDITS",
    `The plan "${plan.name}" keeps to the standard ragConfig, or to its template's. Leave ragConfig out, ` +
      "or ask whoever runs this installation for a larger plan.",
    { details: { limit: "advancedRagConfig", plan: plan.name } },
  );
}
