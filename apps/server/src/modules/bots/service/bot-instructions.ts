import { and, eq, isNull } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { activePrompt, type BotRow, type PromptRow } from "../bots.queries.ts";
import { botPrompts, type ModelSettings } from "../bots.tables.ts";

export const defaultInstructions =
  "You answer questions from the documents you are given. Be brief, friendly and exact. " +
  "When the documents do not hold the answer, say so and offer to bring in a person.";

/** The one text that a bot answers by, where it is from, and how its model is asked. */
export interface Instructions {
  text: string;
  /** The bot's own prompt; null where a personality speaks, or nobody. */
  promptId: string | null;
  promptVersion: number | null;
  personality: { id: string; name: string; version: number } | null;
  settings: ModelSettings;
}

/**
 * The first that there is of: the personality that the bot names, its own active prompt, the tenant's default
 * personality, and what every bot is told.
 */
export async function instructionsOf(ctx: TxCtx, bot: BotRow): Promise<Instructions> {
  const own = bot.personalityId ? null : await activePrompt(ctx, bot.id);
  if (own) {
    return {
      text: own.content,
      promptId: own.id,
      promptVersion: own.version,
      personality: null,
      settings: own.settings ?? {},
    };
  }
  const shared = await sharedPrompt(ctx, bot.personalityId);
  return {
    text: shared?.content ?? defaultInstructions,
    promptId: null,
    promptVersion: null,
    personality: shared && { id: shared.id, name: shared.name, version: shared.version },
    settings: shared?.settings ?? {},
  };
}

/** A personality by its id; for null the tenant's default. */
async function sharedPrompt(ctx: TxCtx, id: string | null): Promise<PromptRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(botPrompts)
    .where(
      and(
        eq(botPrompts.tenantId, ctx.tenantId),
        isNull(botPrompts.botId),
        id ? eq(botPrompts.id, id) : eq(botPrompts.isActive, true),
      ),
    );
  return row ?? null;
}
