import { TRPCClientError } from "@trpc/client";
import type { Strings, Translate } from "../../lib/i18n.ts";
import { errorCodeOf } from "../../lib/trpc.ts";
import { explainError, type uiStrings } from "../../ui/index.ts";
import type { verifyStrings } from "./verify.strings.ts";

/** By what a code goes out. */
export type Channel = "email" | "sms";

type Words = typeof verifyStrings extends Strings<infer En> ? Translate<En> : never;
type UiWords = Translate<(typeof uiStrings)["tables"]["en"]>;

/** Why no code went out, and what to do. */
export function explainSending(error: unknown, channel: Channel, t: Words, ui: UiWords): string {
  const code = errorCodeOf(error);
  if (code === "UNAVAILABLE") return t(`refused.${channel}`);
  if (code === "TOO_MANY_REQUESTS") return t("refused.often");
  return explainError(error, ui);
}

/** Why a code was refused, and what to do. */
export function explainChecking(error: unknown, t: Words, ui: UiWords): string {
  const code = errorCodeOf(error);
  if (code === "TOO_MANY_REQUESTS") return t("refused.tries");
  if (code !== "VALIDATION_ERROR") return explainError(error, ui);
  const count = detailOf(error, "triesLeft");
  if (count === 0) return t("refused.tries");
  return count === null ? t("refused.over") : t("refused.wrong", { count });
}

/** Seconds that the server wants to pass before another code; null where it named none. */
export const secondsToWait = (error: unknown): number | null =>
  errorCodeOf(error) === "TOO_MANY_REQUESTS" ? detailOf(error, "retryAfter") : null;

/** A number that the server told beside its refusal. */
function detailOf(error: unknown, name: string): number | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data: unknown = error.data;
  if (typeof data !== "object" || data === null || !("details" in data)) return null;
  const { details } = data;
  if (typeof details !== "object" || details === null) return null;
  const value: unknown = Object.entries(details).find(([key]) => key === name)?.[1];
  return typeof value === "number" ? value : null;
}
