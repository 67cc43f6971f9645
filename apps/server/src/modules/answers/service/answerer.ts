import type { TxCtx } from "../../../ports/index.ts";
import { activePrompt, type BotRow, defaultInstructions, findBot } from "../../bots/index.ts";
import { type AnsweringModel, answeringModel } from "../../models/index.ts";
import type { Turn } from "../pipeline/prompt.ts";
import { type Understanding, understand } from "../pipeline/understand.ts";

/** What to try in place of what a bot has; what is absent stays as it is. */
export interface Draft {
  /** The whole text of a prompt. */
  prompt?: string | undefined;
  /** Which connection answers: `builtin` quotes, null takes whichever there is. */
  modelProvider?: string | null | undefined;
  /** Another model of that connection. */
  model?: string | undefined;
  /** Passages that an answer may rest on. How documents were cut cannot be tried: they are cut already. */
  topK?: number | undefined;
  unsupportedClaims?: BotRow["unsupportedClaims"] | undefined;
  withholdBelow?: number | undefined;
}

/** What a question is answered by. */
export interface Answerer {
  bot: BotRow;
  instructions: string;
  /** Null for a draft's own text, and for a bot without a prompt. */
  promptId: string | null;
  promptVersion: number | null;
  model: AnsweringModel;
}

/** The bot as it answers now, or as a draft would have it. Throws NOT_FOUND where there is no such bot. */
export async function answererOf(ctx: TxCtx, botId: string, draft: Draft = {}): Promise<Answerer> {
  const bot = await findBot(ctx, botId);
  const prompt = draft.prompt === undefined ? await activePrompt(ctx, bot.id) : null;
  const provider = draft.modelProvider === undefined ? bot.modelProvider : draft.modelProvider;
  return {
    bot: {
      ...bot,
      retrieval: { ...bot.retrieval, topK: draft.topK ?? bot.retrieval.topK },
      unsupportedClaims: draft.unsupportedClaims ?? bot.unsupportedClaims,
      withholdBelow: draft.withholdBelow ?? bot.withholdBelow,
    },
    instructions: draft.prompt ?? prompt?.content ?? defaultInstructions,
    promptId: prompt?.id ?? null,
    promptVersion: prompt?.version ?? null,
    model: await answeringModel(ctx, provider, draft.model),
  };
}

/** A message as it is understood after what was said before, oldest first. */
export function readQuestion(
  text: string,
  history: readonly Turn[],
): { understanding: Understanding; understandMs: number } {
  const started = performance.now();
  const earlier = history.filter(({ author }) => author === "customer").map((turn) => turn.text);
  return { understanding: understand(text, earlier), understandMs: performance.now() - started };
}
