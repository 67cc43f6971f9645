import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { answeringModel } from "../../models/index.ts";
import { askModel, type ModelSaid } from "../../spending/index.ts";
import { quoteTalk } from "./quote-talk.ts";
import type { Talk } from "./read-talk.ts";

/** Milliseconds. A person waits. */
const longestWait = 30_000;

/** What the tenant's model says of a conversation; null where none is connected, or nothing was said that it could read. */
export async function askAboutTalk(
  ctx: Ctx,
  talk: Talk,
  question: { instructions: string; outputLimit: number; signal: AbortSignal | undefined },
): Promise<ModelSaid | null> {
  const model = await inTx(ctx, (ctx) => answeringModel(ctx, null));
  if (model.isBuiltin || talk.messages.length === 0) return null;
  const { botId } = talk.conversation;
  return askModel(ctx, { botId, model, prompt: quoteTalk(talk), longestWait, ...question });
}
