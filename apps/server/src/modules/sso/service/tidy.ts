import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { tidyAttempts } from "../connections.queries.ts";
import { recheckSsoDomain } from "./verify-domain.ts";

/** Each hour: removes what can be used for nothing any more, and looks at a verified domain's record when it is due. */
export async function tidySso(ctx: Ctx): Promise<void> {
  await inTx(ctx, (ctx) => tidyAttempts(ctx));
  await recheckSsoDomain(ctx);
}
