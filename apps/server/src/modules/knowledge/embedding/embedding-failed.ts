import { APICallError, RetryError } from "ai";
import { isAppError } from "../../../platform/errors/index.ts";

/** A space's model gave no vectors. `reason` says why and what to do, in words for the owner. */
export class EmbeddingFailed extends Error {
  readonly reason: string;
  /** The same call may succeed later; otherwise somebody has to do something first. */
  readonly isPassing: boolean;

  constructor(reason: string, isPassing: boolean) {
    super(reason);
    this.name = "EmbeddingFailed";
    this.reason = reason;
    this.isPassing = isPassing;
  }
}

/**
 * What a failed call of an embedding model means. The provider's own words are not kept: some repeat the
 * key, and others the texts.
 */
export function embeddingFailure(error: unknown, model: string): EmbeddingFailed {
  if (error instanceof EmbeddingFailed) return error;
  if (RetryError.isInstance(error)) return embeddingFailure(error.lastError, model);
  const cause = error instanceof Error ? error.cause : null;
  const known = isAppError(error) ? error : isAppError(cause) ? cause : null;
  if (known) return new EmbeddingFailed(known.message, known.code.startsWith("UPSTREAM_"));
  const status = APICallError.isInstance(error) ? error.statusCode : undefined;
  if (status === 401 || status === 403) {
    return lasting(`The provider refused the key of ${model}. Enter a working one in Settings, Models.`);
  }
  if (status === 404) {
    return lasting(`The provider knows ${model} no more. Connect another embedding model, or choose one.`);
  }
  if (status === 429) {
    return passing(
      `The limit or credit of the key of ${model} is used up. Raise it at the provider, or wait.`,
    );
  }
  if (status !== undefined && status >= 400 && status < 500) {
    const hint = "Passages may be too long for it: choose another model, or shorter passages.";
    return lasting(`The provider of ${model} refused the texts (status ${status}). ${hint}`);
  }
  if (status !== undefined && status >= 500) {
    return passing(`The provider of ${model} answered with status ${status}. Try again later.`);
  }
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError")) {
    return passing(`The provider of ${model} did not answer in time. Try again later.`);
  }
  return passing(`The provider of ${model} could not be reached or understood. Check its address.`);
}

const lasting = (reason: string) => new EmbeddingFailed(reason, false);
const passing = (reason: string) => new EmbeddingFailed(reason, true);
