import { APICallError, embed, generateText } from "ai";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import type { ModelConnection, Models } from "../../../ports/index.ts";
import type { Purpose } from "../models.schema.ts";

/** What a test showed. */
export interface TestOutcome {
  text: string;
  /** Of an embedding model's vectors. */
  dimensions: number | null;
}

/**
 * Asks a connection's model for one word, or for the vector of one. Throws API_KEY_INVALID when the provider
 * refuses, UPSTREAM_FAILED or UPSTREAM_TIMEOUT when it cannot be asked. Never inside a transaction.
 */
export async function tryConnection(
  models: Models,
  purpose: Purpose,
  connection: ModelConnection,
): Promise<TestOutcome> {
  const limits = { maxRetries: 0, abortSignal: AbortSignal.timeout(models.testLimit) };
  try {
    if (purpose === "answering") {
      const model = models.connect(connection);
      await generateText({
        model,
        prompt: "Answer with the one word: ready",
        maxOutputTokens: 16,
        ...limits,
      });
      return { text: "The model answered a test question.", dimensions: null };
    }
    const model = models.connectEmbedding(connection);
    const { embedding } = await embed({ model, value: "ready", ...limits });
    if (embedding.length === 0 || !embedding.every(Number.isFinite)) {
      throw new AppError("UPSTREAM_FAILED", "The model gave no vector for a test word.");
    }
    const dimensions = embedding.length;
    return { text: `The model embedded a test word in ${dimensions} dimensions.`, dimensions };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    throw isAppError(error) ? error : isAppError(cause) ? cause : explain(error, models.testLimit);
  }
}

/**
 * What a provider's refusal means, in words for whoever typed the key. The provider's own error is not kept
 * as the cause: some repeat the key in it, and causes are logged.
 */
function explain(error: unknown, limit: number): AppError {
  const status = APICallError.isInstance(error) ? error.statusCode : undefined;
  const details = { status };
  if (status === 401 || status === 403) {
    const text = "The provider refused the key. Check that it is whole and active.";
    return new AppError("API_KEY_INVALID", text, { details });
  }
  if (status === 404) {
    const text = "The provider knows no such model at this address. Check both.";
    return new AppError("API_KEY_INVALID", text, { details });
  }
  if (status === 429) {
    const text = "The provider says that the key's limit or credit is used up.";
    return new AppError("UPSTREAM_FAILED", text, { details });
  }
  if (status !== undefined && status >= 400) {
    return new AppError("UPSTREAM_FAILED", `The provider answered with status ${status}.`, { details });
  }
  if (error instanceof Error && error.name === "TimeoutError") {
    return new AppError("UPSTREAM_TIMEOUT", `The provider did not answer within ${limit / 1000} seconds.`);
  }
  if (status !== undefined || !isFailedCall(error)) {
    const text = "What answered at this address does not speak the provider's protocol. Check the address.";
    return new AppError("UPSTREAM_FAILED", text, { details });
  }
  return new AppError("UPSTREAM_FAILED", "The provider could not be reached. Check the address.");
}

function isFailedCall(error: unknown): boolean {
  return APICallError.isInstance(error) || (error instanceof TypeError && error.message === "fetch failed");
}
