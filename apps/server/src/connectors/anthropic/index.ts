import { createAnthropic } from "@ai-sdk/anthropic";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelConnection } from "../../ports/index.ts";

/** Anthropic's Messages API, at its own address or at one that speaks the same. */
export function connectAnthropic(
  { apiKey, baseUrl, model }: ModelConnection,
  fetch: typeof globalThis.fetch,
): LanguageModelV4 {
  // the address is said, or the library would read it from the environment
  return createAnthropic({ apiKey, baseURL: baseUrl ?? "https://api.anthropic.com/v1", fetch })(model);
}
