import type { LanguageModelV4 } from "@ai-sdk/provider";
import { createXai } from "@ai-sdk/xai";
import { defaultSettingsMiddleware, wrapLanguageModel } from "ai";
import type { ModelConnection } from "../../ports/index.ts";

/** Grok by xAI's Responses API. It is told to store nothing of what it is asked. */
export function connectXai(
  { apiKey, baseUrl, model }: ModelConnection,
  fetch: typeof globalThis.fetch,
): LanguageModelV4 {
  return wrapLanguageModel({
    model: createXai({ apiKey, baseURL: baseUrl ?? "https://api.x.ai/v1", fetch }).responses(model),
    middleware: defaultSettingsMiddleware({ settings: { providerOptions: { xai: { store: false } } } }),
  });
}
