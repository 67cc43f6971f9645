import { and, not, type SQL } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { holdsDocuments, type StatusCounts } from "../knowledge/index.ts";
import type { BotStatus } from "./bots.schema.ts";
import { bots } from "./bots.tables.ts";

/*
 * A bot's state follows from its documents' (PRODUCT.md, "State machines") and is never stored. The rule is said once,
 * and read twice: of counts, and as a condition in SQL, so that a page of a filtered list is whole.
 */

/** Which documents a bot of each state has and has not; where nothing is said of a kind, there may be any number. */
const documentsOf: Record<BotStatus, { underWay: boolean; processed: boolean; failed?: boolean }> = {
  CREATING: { underWay: false, processed: false, failed: false },
  PROCESSING_DOCUMENTS: { underWay: true, processed: false },
  READY: { underWay: false, processed: true },
  ERROR: { underWay: false, processed: false, failed: true },
  UPDATING: { underWay: true, processed: true },
};
const states = Object.keys(documentsOf) as BotStatus[]; // the keys of that record, which has no others

export function statusFrom(counts: StatusCounts): BotStatus {
  const has = {
    underWay: counts.PENDING + counts.PROCESSING > 0,
    processed: counts.PROCESSED > 0,
    failed: counts.FAILED > 0,
  };
  const state = states.find((candidate) => {
    const { underWay, processed, failed = has.failed } = documentsOf[candidate];
    return underWay === has.underWay && processed === has.processed && failed === has.failed;
  });
  if (!state) throw new Error("The states of a bot leave out a case.");
  return state;
}

/** The condition that a bot is in the state. */
export function isInStatus(ctx: TxCtx, status: BotStatus): SQL | undefined {
  const { underWay, processed, failed } = documentsOf[status];
  const holds = (wanted: boolean, statuses: (keyof StatusCounts)[]) => {
    const condition = holdsDocuments(ctx, bots.knowledgeBaseId, statuses);
    return wanted ? condition : not(condition);
  };
  return and(
    holds(underWay, ["PENDING", "PROCESSING"]),
    holds(processed, ["PROCESSED"]),
    failed === undefined ? undefined : holds(failed, ["FAILED"]),
  );
}
