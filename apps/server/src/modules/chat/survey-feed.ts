import type { ServerSentEvent } from "../../faces/http/server-sent-events.ts";
import type { Ctx } from "../../ports/index.ts";
import { merge } from "../conversations/index.ts";
import { pendingSurveys } from "../surveys/index.ts";

/**
 * A live feed with what its visitor is asked, as `survey`: not numbered, for what still waits for an answer is told again
 * to each who connects. Ends when the feed does.
 */
export async function* withSurveys(
  ctx: Ctx,
  feed: AsyncIterable<ServerSentEvent>,
  signal: AbortSignal,
): AsyncGenerator<ServerSentEvent> {
  if (ctx.actor.kind !== "visitor") return yield* feed;
  const left = new AbortController();
  try {
    yield* merge(signal, [feed, surveys(ctx, AbortSignal.any([signal, left.signal]))]);
  } finally {
    left.abort();
  }
}

async function* surveys(ctx: Ctx, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
  for await (const survey of pendingSurveys(ctx, signal)) yield { event: "survey", data: survey };
}
