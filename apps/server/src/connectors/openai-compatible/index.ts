import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import { AppError } from "../../platform/errors/index.ts";
import type { ModelConnection } from "../../ports/index.ts";

/** Where a provider's OpenAI-compatible API is when the tenant names no other address. */
const defaultBaseUrls: Partial<Record<ModelConnection["provider"], string>> = {
  openai: "https://api.openai.com/v1",
  ollama: "http://localhost:11434/v1",
};

/**
 * A model behind an OpenAI-compatible API: OpenAI itself, Ollama, vLLM, a gateway. `fetch` is the
 * guarded one, so that a tenant's address cannot point inside.
 */
export function connectOpenAiCompatible(
  connection: ModelConnection,
  fetch: typeof globalThis.fetch,
): LanguageModelV4 {
  const baseURL = connection.baseUrl ?? defaultBaseUrls[connection.provider];
  if (!baseURL) {
    throw new AppError(
      "VALIDATION_ERROR",
      `${connection.provider} needs the base URL of an OpenAI-compatible API.`,
    );
  }
  return createOpenAICompatible({
    name: connection.provider,
    baseURL,
    apiKey: connection.apiKey,
    fetch,
    includeUsage: true,
  }).chatModel(connection.model);
}
