import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { findConversation } from "../../conversations/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { isUnfinished } from "../resolution-state.ts";
import { latestOfConversation } from "../resolutions.queries.ts";
import type { CreateResolution, ResolutionDetail } from "../resolutions.schema.ts";
import { resolutions } from "../resolutions.tables.ts";
import { addToHistory, findColleague, tellOf } from "./change-resolution.ts";
import { describeWhole } from "./read-resolutions.ts";
import { openSwarm } from "./swarms.ts";

/**
 * Opens the work behind a conversation. There is one at a time: while it is unfinished another is CONFLICT, which names
 * the one that there is.
 */
export async function createResolution(ctx: Ctx, input: CreateResolution): Promise<ResolutionDetail> {
  assertCan(ctx.actor, "work on resolutions");
  return inTx(ctx, async (ctx) => {
    // locked: of two who open one at once, the second sees the first's
    const conversation = await findConversation(ctx, input.conversationId, { lock: true });
    const known = await latestOfConversation(ctx, conversation.id);
    if (known && isUnfinished(known.status)) {
      throw new AppError("CONFLICT", "This conversation has an unfinished resolution. Work on that one.", {
        details: { resolutionId: known.id },
      });
    }
    if (input.ownerId) await findColleague(ctx, input.ownerId);
    const [row] = await ctx.tx
      .insert(resolutions)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        conversationId: conversation.id,
        issueType: input.issueType,
        owningTeam: input.owningTeam,
        ownerId: input.ownerId ?? null,
        status: "open",
        priority: input.priority ?? conversation.severity ?? "P2",
        affectedSystems: input.affectedSystems ?? [],
        slaStartedAt: ctx.now(),
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The resolution was not written.");
    if (input.initialNotes) await addToHistory(ctx, row, { type: "note", content: input.initialNotes });
    if (input.createSwarm) await openSwarm(ctx, row, {});
    const { conversationId, issueType, owningTeam, ownerId, priority } = row;
    await recordAudit(ctx, {
      action: "resolution.created",
      subjectType: "resolution",
      subjectId: row.id,
      after: { conversationId, issueType, owningTeam, ownerId, priority },
    });
    await tellOf(ctx, row);
    return describeWhole(ctx, row.id);
  });
}
