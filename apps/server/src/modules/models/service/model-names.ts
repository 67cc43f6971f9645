import type { Provider } from "../models.schema.ts";

/** By the connection's words: libraries name the same provider differently for each of its APIs. */
export function nameOf(provider: Provider, model: string): string {
  return `${provider}:${model}`;
}

/** Of a model that no connection names. */
export function ownName({ provider, modelId }: { provider: string; modelId: string }): string {
  return `${provider.split(".")[0]}:${modelId}`;
}
