import { eq } from "drizzle-orm";
import { sha256Hex } from "../../../platform/crypto/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { fold, tokenize } from "../../../platform/text/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import * as queries from "../evaluations.queries.ts";
import { type Added, maxCases } from "../evaluations.schema.ts";
import { evaluationCases } from "../evaluations.tables.ts";
import type { CaseContent, CaseOrigin } from "../evaluations.types.ts";

export interface NewCase {
  content: CaseContent;
  origin: CaseOrigin;
  originId: string | null;
  /** False where nobody has said yet what is right. */
  isEnabled: boolean;
}

/** Adds what is new to a bot's cases, in the order given, up to as many as it may have. */
export async function addCases(
  ctx: TxCtx,
  botId: string,
  cases: readonly NewCase[],
): Promise<Added & { ids: string[] }> {
  await findBot(ctx, botId, { lock: true }); // two who add at once are counted one after the other
  let room = maxCases - (await queries.countCases(ctx, botId));
  const outcome = { added: 0, duplicates: 0, overLimit: 0, ids: [] as string[] };
  for (const { content, ...rest } of cases) {
    const questionHash = hashOf(content);
    if (room <= 0) {
      if (await isKnown(ctx, botId, questionHash)) outcome.duplicates++;
      else outcome.overLimit++;
      continue;
    }
    const at = ctx.now();
    const [row] = await ctx.tx
      .insert(evaluationCases)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        botId,
        questionHash,
        ...content,
        ...rest,
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        createdAt: at,
        updatedAt: at,
      })
      .onConflictDoNothing()
      .returning({ id: evaluationCases.id });
    if (!row) {
      outcome.duplicates++;
      continue;
    }
    room--;
    outcome.added++;
    outcome.ids.push(row.id);
  }
  return outcome;
}

async function isKnown(ctx: TxCtx, botId: string, hash: string): Promise<boolean> {
  const rows = await queries.casesBy(ctx, botId, eq(evaluationCases.questionHash, hash));
  return rows.length > 0;
}

/** Equal for the same words in the same conversation, however they are spelled, marked or spaced. */
export function hashOf({ question, history }: Pick<CaseContent, "question" | "history">): string {
  const turns = [...history.map(({ author, text }) => `${author} ${searchForm(text)}`), searchForm(question)];
  return sha256Hex(turns.join("\n"));
}

function searchForm(text: string): string {
  const words = tokenize(text).map(({ start, end }) => fold(text.slice(start, end)));
  return words.length > 0 ? words.join(" ") : fold(text).trim();
}
