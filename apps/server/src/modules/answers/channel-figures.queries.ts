import { and, eq, gte, lte, sql } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { conversations } from "../conversations/conversations.tables.ts";
import type { ConversationRow } from "../conversations/index.ts";
import { answers } from "./answers.tables.ts";

export interface ChannelFigures {
  answers: number;
  /** How many of them were rated, by a number or a thumb. */
  rated: number;
  /** Means, 0 where there is nothing to take one of. */
  latencyMs: number;
  confidence: number;
  /** 1 to 5: a thumb alone counts as one or the other end. */
  rating: number;
}

/** The answers of a channel from one moment to another, both included, in one statement. */
export async function channelFigures(
  ctx: TxCtx,
  { channel, from, to }: { channel: ConversationRow["channel"]; from: Date; to: Date },
): Promise<ChannelFigures> {
  const rating = sql`coalesce(${answers.ratingScore}, case ${answers.rating} when 'up' then 5 when 'down' then 1 end)`;
  const [row] = await ctx.tx
    .select({
      answers: sql`count(*)`.mapWith(Number),
      rated: sql`count(${rating})`.mapWith(Number),
      latencyMs: sql`coalesce(avg(${answers.latencyMs}), 0)`.mapWith(Number),
      confidence: sql`coalesce(avg(${answers.confidence}), 0)`.mapWith(Number),
      rating: sql`coalesce(avg(${rating}), 0)`.mapWith(Number),
    })
    .from(answers)
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, answers.tenantId), eq(conversations.id, answers.conversationId)),
    )
    .where(
      and(
        eq(answers.tenantId, ctx.tenantId),
        eq(conversations.channel, channel),
        gte(answers.createdAt, from),
        lte(answers.createdAt, to),
      ),
    );
  return row ?? { answers: 0, rated: 0, latencyMs: 0, confidence: 0, rating: 0 };
}
