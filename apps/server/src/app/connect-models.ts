import { connectAnthropic } from "../connectors/anthropic/index.ts";
import { connectOpenAi, connectOpenAiEmbedding } from "../connectors/openai/index.ts";
import {
  type CompatibleConnection,
  connectOpenAiCompatible,
  connectOpenAiCompatibleEmbedding,
} from "../connectors/openai-compatible/index.ts";
import { connectXai } from "../connectors/xai/index.ts";
import { AppError } from "../platform/errors/index.ts";
import type { ModelConnection, Models } from "../ports/index.ts";

/**
 * Which connector speaks to which provider. OpenAI with an address of its own and Ollama speak OpenAI's
 * protocol. `fetch` is the guarded one, so that a tenant's address cannot point inside.
 */
export function modelConnectors(
  fetch: typeof globalThis.fetch,
): Pick<Models, "connect" | "connectEmbedding"> {
  return {
    connect(connection) {
      if (connection.provider === "anthropic") return connectAnthropic(connection, fetch);
      if (connection.provider === "grok") return connectXai(connection, fetch);
      const compatible = asCompatible(connection);
      return compatible ? connectOpenAiCompatible(compatible, fetch) : connectOpenAi(connection, fetch);
    },
    connectEmbedding(connection) {
      if (connection.provider === "anthropic" || connection.provider === "grok") {
        throw new AppError(
          "VALIDATION_ERROR",
          `${connection.provider} offers no embedding models. Choose openai (with any OpenAI-compatible base URL) or ollama.`,
        );
      }
      const compatible = asCompatible(connection);
      return compatible
        ? connectOpenAiCompatibleEmbedding(compatible, fetch)
        : connectOpenAiEmbedding(connection, fetch);
    },
  };
}

/** Null for OpenAI at its own address, which has more to offer than the protocol that others copied. */
function asCompatible(connection: ModelConnection): CompatibleConnection | null {
  if (connection.provider === "ollama") {
    return { ...connection, baseUrl: ollamaBaseUrl(connection.baseUrl ?? "http://localhost:11434") };
  }
  return connection.baseUrl === null ? null : { ...connection, baseUrl: connection.baseUrl };
}

/** Ollama's address as its own documents give it, or already with the path of its OpenAI-compatible API. */
function ollamaBaseUrl(address: string): string {
  const url = new URL(address);
  return url.pathname === "/" ? new URL("/v1", url).href : address;
}
