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
 * What one answer owes: opened before the model is asked, counted when it has spoken, settled in the
 * transaction that keeps the answer, or by itself where nothing could be kept. Settling twice pays once.
 */
export class ModelTab {
  readonly #botId: string;
  #reservation: string | null = null;
  #promptTokens = 0;
  #use: Use | null = null;
  #isSettled = false;

  constructor(botId: string) {
    this.#botId = botId;
  }

  /** Sets aside what the answer may cost at most. Null, or why the model may not be asked. */
  async open(
    ctx: Ctx,
    model: AnsweringModel,
    prompt: { instructions: string; messages: ModelMessage[] },
  ): Promise<string | null> {
    const texts = prompt.messages.map(({ content }) => (typeof content === "string" ? content : ""));
    this.#promptTokens = estimateTokens(prompt.instructions, ...texts);
    const reservation = await inTx(ctx, (ctx) =>
      reserveBudget(ctx, {
        botId: this.#botId,
        model: model.name,
        inputTokens: this.#promptTokens,
        outputTokens: answerLimit,
      }),
    );
    if (!reservation.granted) return reservation.reason;
    this.#reservation = reservation.id;
    return null;
  }

  /** Notes what a call used: as the provider says, else by the length of what was sent and said. */
  count(model: AnsweringModel, said: string, told?: Generated): void {
    if (model.isBuiltin) return;
    const inputTokens = told?.inputTokens ?? this.#promptTokens;
    const outputTokens = told?.outputTokens ?? estimateTokens(said);
    const isEstimated = typeof told?.inputTokens !== "number" || typeof told.outputTokens !== "number";
    this.#use = { model: model.name, inputTokens, outputTokens, isEstimated };
  }

  get tokens(): { inputTokens: number; outputTokens: number } {
    return { inputTokens: this.#use?.inputTokens ?? 0, outputTokens: this.#use?.outputTokens ?? 0 };
  }

  get isEstimated(): boolean {
    return this.#use?.isEstimated ?? false;
  }

  /** Gives the reservation back and counts the use. Returns the cost in US dollars. */
  async settle(ctx: TxCtx): Promise<number> {
    if (this.#isSettled) return 0;
    if (this.#reservation) await releaseBudget(ctx, this.#reservation);
    if (!this.#use) return 0;
    return recordModelUse(ctx, { botId: this.#botId, purpose: "answering", ...this.#use });
  }

  /** Call after the transaction of `settle` was committed. */
  markSettled(): void {
    this.#isSettled = true;
  }

  /** For an answer that could not be kept: what was used is counted all the same. */
  async settleAlone(ctx: Ctx): Promise<void> {
    if (this.#isSettled || (!this.#reservation && !this.#use)) return;
    await inTx(ctx, (ctx) => this.settle(ctx));
    this.#isSettled = true;
  }
}
