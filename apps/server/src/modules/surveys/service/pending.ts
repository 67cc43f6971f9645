import { inTx } from "../../../platform/ctx/index.ts";
import { notices } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { surveyInvited } from "../surveys.events.ts";
import * as queries from "../surveys.queries.ts";
import type { Asked } from "../surveys.schema.ts";

/**
 * What a visitor is asked: at once what waits for them, then each survey as they are asked, until `signal` aborts.
 * Nothing for anybody else.
 */
export async function* pendingSurveys(ctx: Ctx, signal: AbortSignal): AsyncGenerator<Asked> {
  const { actor } = ctx;
  const told = notices(
    ctx.events,
    ctx.tenantId,
    surveyInvited,
    signal,
    ({ visitorId }) => actor.kind === "visitor" && visitorId === actor.customerId,
  );
  const waiting = await readPending(ctx);
  if (waiting) yield waiting;
  for await (const _ of told) {
    const asked = await readPending(ctx);
    if (asked) yield asked;
  }
}

/** The one that was asked last; seeing it is noted. */
async function readPending(ctx: Ctx): Promise<Asked | null> {
  const { actor } = ctx;
  if (actor.kind !== "visitor") return null;
  return inTx(ctx, async (ctx) => {
    const [found] = await queries.openInvitationsOf(ctx, actor);
    if (!found) return null;
    if (found.invitation.openedAt === null) {
      await queries.changeInvitation(ctx, found.invitation.id, { openedAt: ctx.now() });
    }
    return toAsked(found);
  });
}

/** As whoever is asked sees it. */
export function toAsked({
  invitation,
  survey,
}: {
  invitation: queries.InvitationRow;
  survey: queries.SurveyRow;
}): Asked {
  return { invitationId: invitation.id, kind: survey.kind, questions: survey.questions };
}
