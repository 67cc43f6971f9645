/** US dollars per million tokens. */
export interface Price {
  input: number;
  output: number;
}

/** The day on which the list below was true. Providers change prices; a tenant's own price goes first. */
export const listPricesDate = "2026-10-01";

const openai: Record<string, [input: number, output: number]> = {
  "gpt-4o": [2.5, 10],
  "gpt-4o-mini": [0.15, 0.6],
  "gpt-4.1": [2, 8],
  "gpt-4.1-mini": [0.4, 1.6],
  "gpt-4.1-nano": [0.1, 0.4],
  "gpt-5": [1.25, 10],
  "gpt-5-mini": [0.25, 2],
  "gpt-5-nano": [0.05, 0.4],
  "gpt-5.1": [1.25, 10],
  "gpt-5.2": [1.75, 14],
  "gpt-5.4": [2.5, 15],
  "gpt-5.4-mini": [0.75, 4.5],
  "gpt-5.4-nano": [0.2, 1.25],
  "gpt-5.5": [5, 30],
  "gpt-5.6-luna": [1, 6],
  o3: [2, 8],
  "o4-mini": [1.1, 4.4],
};

const openaiEmbedding: Record<string, [input: number, output: number]> = {
  "text-embedding-3-small": [0.02, 0],
  "text-embedding-3-large": [0.13, 0],
  "text-embedding-ada-002": [0.1, 0],
};

const anthropic: Record<string, [input: number, output: number]> = {
  "claude-fable-5-1": [10, 50],
  "claude-opus-4-1": [15, 75],
  "claude-opus-4-5": [5, 25],
  "claude-opus-4-6": [5, 25],
  "claude-opus-4-7": [5, 25],
  "claude-opus-4-8": [5, 25],
  "claude-opus-5": [5, 25],
  "claude-opus-5-5": [4, 20],
  "claude-sonnet-4-5": [3, 15],
  "claude-sonnet-4-6": [3, 15],
  "claude-sonnet-5": [3, 15],
  "claude-sonnet-5-5": [2, 10],
  "claude-haiku-4-5": [1, 5],
  "claude-3-haiku": [0.25, 1.25],
};

const grok: Record<string, [input: number, output: number]> = {
  "grok-3": [3, 15],
  "grok-3-mini": [0.3, 0.5],
  "grok-4": [3, 15],
  "grok-4-fast": [0.2, 0.5],
  "grok-4.3": [1.25, 2.5],
  "grok-4.7": [2, 6],
};

export interface ListedPrice extends Price {
  /** `provider:model` */
  model: string;
  purpose: "answering" | "embedding";
}

/** The providers' list prices as they were on `listPricesDate`. */
export const listPrices: readonly ListedPrice[] = [
  ...listed("openai", "answering", openai),
  ...listed("anthropic", "answering", anthropic),
  ...listed("grok", "answering", grok),
  ...listed("openai", "embedding", openaiEmbedding),
];

function listed(
  provider: string,
  purpose: ListedPrice["purpose"],
  prices: Record<string, [input: number, output: number]>,
): ListedPrice[] {
  return Object.entries(prices).map(([name, [input, output]]) => {
    return { model: `${provider}:${name}`, purpose, input, output };
  });
}

const byModel = new Map<string, Price>(
  listPrices.map(({ model, input, output }) => [model, { input, output }]),
);

/** The day of a release at the end of a model's name, as providers write it. */
const releaseDay = /-(?:\d{8}|\d{4}-\d{2}-\d{2})$/;

/**
 * The list price of a model, or of the family that a dated release belongs to. What runs on one's own
 * machine costs nothing. Null: not on the list.
 */
export function listPriceOf(model: string): Price | null {
  if (model.startsWith("ollama:") || model.startsWith("builtin:")) return { input: 0, output: 0 };
  return byModel.get(model) ?? byModel.get(model.replace(releaseDay, "")) ?? null;
}

/** US dollars of a call; a model without a price costs nothing that is known. */
export function costOf(price: Price | null, use: { inputTokens: number; outputTokens: number }): number {
  if (!price) return 0;
  return (use.inputTokens * price.input + use.outputTokens * price.output) / 1_000_000;
}
