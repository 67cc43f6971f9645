import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { forgetEvents } from "./mirror.queries.ts";

const keptDays = 7;

/** Forgets which of Slack's events were taken in long ago. Part of the hourly maintenance. */
export async function tidySlackEvents(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - keptDays * 86_400_000);
  await inTx(ctx, (ctx) => forgetEvents(ctx, before));
}
