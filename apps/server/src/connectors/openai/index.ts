import { createOpenAI } from "@ai-sdk/openai";
import type { EmbeddingModelV4, LanguageModelV4 } from "@ai-sdk/provider";
import { defaultSettingsMiddleware, wrapLanguageModel } from "ai";
import type { ModelConnection } from "../../ports/index.ts";

type Fetch = typeof globalThis.fetch;

/** OpenAI's own Responses API. It is told to store nothing of what it is asked. */
export function connectOpenAi(connection: ModelConnection, fetch: Fetch): LanguageModelV4 {
  return wrapLanguageModel({
    model: provider(connection, fetch).responses(connection.model),
    middleware: defaultSettingsMiddleware({ settings: { providerOptions: { openai: { store: false } } } }),
  });
}

export function connectOpenAiEmbedding(connection: ModelConnection, fetch: Fetch): EmbeddingModelV4 {
  return provider(connection, fetch).embeddingModel(connection.model);
}

function provider({ apiKey }: ModelConnection, fetch: Fetch) {
  // the address is said, or the library would read the operator's OPENAI_BASE_URL
  return createOpenAI({ apiKey, baseURL: "https://api.openai.com/v1", fetch });
}
