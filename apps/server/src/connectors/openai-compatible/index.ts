import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { EmbeddingModelV4, LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelConnection } from "../../ports/index.ts";

type Fetch = typeof globalThis.fetch;

/** What speaks OpenAI's chat completions at an address of its own. */
export type CompatibleConnection = ModelConnection & { baseUrl: string };

/** A model behind an OpenAI-compatible API: Ollama, vLLM, LM Studio, a gateway. */
export function connectOpenAiCompatible(connection: CompatibleConnection, fetch: Fetch): LanguageModelV4 {
  return provider(connection, fetch).chatModel(connection.model);
}

export function connectOpenAiCompatibleEmbedding(
  connection: CompatibleConnection,
  fetch: Fetch,
): EmbeddingModelV4 {
  return provider(connection, fetch).embeddingModel(connection.model);
}

function provider({ provider, baseUrl, apiKey }: CompatibleConnection, fetch: Fetch) {
  return createOpenAICompatible({ name: provider, baseURL: baseUrl, apiKey, fetch, includeUsage: true });
}
