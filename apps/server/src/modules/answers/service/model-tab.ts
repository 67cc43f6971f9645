import type { ModelMessage } from "ai";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import type { AnsweringModel } from "../../models/index.ts";
import { estimateTokens, recordModelUse, releaseBudget, reserveBudget } from "../../spending/index.ts";
import { answerLimit, type Generated } from "../pipeline/generate.ts";

/** What an answer used of a model that may cost something. */
interface Use {
  model: string;
  inputTokens: number;
  outputTokens: number;
  isEstimated: boolean;
}

/**
 * What one answer owes: opened before a model is asked, counted when it has spoken, settled in the
 * transaction that keeps the answer, or by itself where nothing could be kept. Each call of a model is opened and
 * counted by itself; settling twice pays once.
 */
export class ModelTab {
  readonly #botId: string;
  readonly #reservations: string[] = [];
  readonly #uses: Use[] = [];
  #promptTokens = 0;
  #isSettled = false;

  constructor(botId: string) {
    this.#botId = botId;
  }

  /** Sets aside what the call may cost at most. Null, or why the model may not be asked. */
  async open(
    ctx: Ctx,
    model: AnsweringModel,
    prompt: { instructions: string; messages: ModelMessage[]; outputLimit?: number },
  ): Promise<string | null> {
    const texts = prompt.messages.map(({ content }) => (typeof content === "string" ? content : ""));
    this.#promptTokens = estimateTokens(prompt.instructions, ...texts);
    const reservation = await inTx(ctx, (ctx) =>
      reserveBudget(ctx, {
        botId: this.#botId,
        model: model.name,
        inputTokens: this.#promptTokens,
        outputTokens: prompt.outputLimit ?? answerLimit,
      }),
    );
    if (!reservation.granted) return reservation.reason;
    if (reservation.id !== null) this.#reservations.push(reservation.id);
    return null;
  }

  /** Notes what the call opened last used: as the provider says, else by the length of what was sent and said. */
  count(model: AnsweringModel, said: string, told?: Generated): void {
    if (model.isBuiltin) return;
    const inputTokens = told?.inputTokens ?? this.#promptTokens;
    const outputTokens = told?.outputTokens ?? estimateTokens(said);
    const isEstimated = typeof told?.inputTokens !== "number" || typeof told.outputTokens !== "number";
    this.#uses.push({ model: model.name, inputTokens, outputTokens, isEstimated });
  }

  get tokens(): { inputTokens: number; outputTokens: number } {
    return {
      inputTokens: this.#uses.reduce((sum, use) => sum + use.inputTokens, 0),
      outputTokens: this.#uses.reduce((sum, use) => sum + use.outputTokens, 0),
    };
  }

  get isEstimated(): boolean {
    return this.#uses.some((use) => use.isEstimated);
  }

  /** Gives the reservations back and counts the uses. Returns the cost in US dollars. */
  async settle(ctx: TxCtx): Promise<number> {
    if (this.#isSettled) return 0;
    for (const reservation of this.#reservations) await releaseBudget(ctx, reservation);
    let cost = 0;
    for (const use of this.#uses) {
      cost += await recordModelUse(ctx, { botId: this.#botId, purpose: "answering", ...use });
    }
    return cost;
  }

  /** Call after the transaction of `settle` was committed. */
  markSettled(): void {
    this.#isSettled = true;
  }

  /** For an answer that could not be kept: what was used is counted all the same. */
  async settleAlone(ctx: Ctx): Promise<void> {
    if (this.#isSettled || (this.#reservations.length === 0 && this.#uses.length === 0)) return;
    await inTx(ctx, (ctx) => this.settle(ctx));
    this.#isSettled = true;
  }
}
