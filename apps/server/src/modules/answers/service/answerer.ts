import type { TxCtx } from "../../../ports/index.ts";
import { type BotRow, findBot, type Instructions, instructionsOf } from "../../bots/index.ts";
import { assertPermitted } from "../../identity/index.ts";
import { type AnsweringModel, answeringModel, isConnected } from "../../models/index.ts";
import { contextOf, hasOfferedPerson } from "../pipeline/context.ts";
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
  /** Whose text it is, where the tenant's own and not the bot's. */
  personality: Instructions["personality"];
  model: AnsweringModel;
  /** How the model is asked, where the prompt says; the built-in one has no such settings. */
  temperature: number | undefined;
  outputLimit: number | undefined;
}

/** The bot as it answers now, or as a draft would have it. Throws NOT_FOUND where there is no such bot, FORBIDDEN for one that is switched off for the tenant. */
export async function answererOf(ctx: TxCtx, botId: string, draft: Draft = {}): Promise<Answerer> {
  const bot = await findBot(ctx, botId);
  await assertPermitted(ctx, "agents", bot.id);
  const own = await instructionsOf(ctx, bot);
  const isTried = draft.prompt !== undefined;
  const { temperature, maxTokens } = own.settings;
  const named = draft.modelProvider === undefined ? bot.modelProvider : draft.modelProvider;
  const { provider, model } = await preferred(ctx, named, own.settings);
  return {
    bot: {
      ...bot,
      retrieval: { ...bot.retrieval, topK: draft.topK ?? bot.retrieval.topK },
      unsupportedClaims: draft.unsupportedClaims ?? bot.unsupportedClaims,
      withholdBelow: draft.withholdBelow ?? bot.withholdBelow,
    },
    instructions: draft.prompt ?? own.text,
    promptId: isTried ? null : own.promptId,
    promptVersion: isTried ? null : own.promptVersion,
    personality: isTried ? null : own.personality,
    model: await answeringModel(ctx, provider, draft.model ?? model),
    temperature,
    outputLimit: maxTokens,
  };
}

/**
 * Which connection answers, and which of its models: a prompt's preference holds where nobody named a connection and
 * there is one of its provider; of the provider that was named anyway it still chooses the model.
 */
async function preferred(
  ctx: TxCtx,
  named: string | null,
  { provider, model }: Instructions["settings"],
): Promise<{ provider: string | null; model: string | undefined }> {
  if (!provider || (named !== null && named !== provider)) return { provider: named, model: undefined };
  if (!(await isConnected(ctx, provider))) return { provider: named, model: undefined };
  return { provider, model };
}

/** A message as it is understood after what was said before, oldest first. */
export function readQuestion(
  text: string,
  history: readonly Turn[],
): { understanding: Understanding; understandMs: number } {
  const started = performance.now();
  const earlier = history.filter(({ author }) => author === "customer").map((turn) => turn.text);
  const said = { offered: hasOfferedPerson(history), context: contextOf(history) };
  return { understanding: understand(text, earlier, said), understandMs: performance.now() - started };
}
