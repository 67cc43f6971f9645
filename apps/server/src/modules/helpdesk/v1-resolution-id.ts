import type { Ctx } from "../../ports/index.ts";
import { can } from "../identity/index.ts";
import { resolutionOf } from "../resolutions/index.ts";

/** The work behind a conversation, for whoever may see such work. */
export async function v1ResolutionIdOf(ctx: Ctx, conversationId: string): Promise<string | null> {
  if (!can(ctx.actor, "read resolutions")) return null;
  return (await resolutionOf(ctx, { conversationId }))?.id ?? null;
}
