import { isAppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { connectionOf, slack } from "../../communication/index.ts";

/** Whether the tenant has connected Slack, whether or not it works: a mirror that fails says why. */
export async function isSlackConnected(ctx: TxCtx): Promise<boolean> {
  try {
    return (await connectionOf(ctx, slack)) !== null;
  } catch (error) {
    if (isAppError(error)) return true; // it is there, and cannot be read
    throw error;
  }
}
