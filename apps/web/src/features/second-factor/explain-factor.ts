import type { Translate } from "../../lib/i18n.ts";
import { errorCodeOf } from "../../lib/trpc.ts";
import { explainError } from "../../ui/explain-error.ts";
import type { uiStrings } from "../../ui/strings.ts";
import type { factorStrings } from "./strings.ts";

/** Why a code was refused, in the reader's language where the server's words are not needed. */
export function explainCode(
  error: unknown,
  t: Translate<(typeof factorStrings)["tables"]["en"]>,
  ui: Translate<(typeof uiStrings)["tables"]["en"]>,
): string {
  const code = errorCodeOf(error);
  if (code === "VALIDATION_ERROR") return t("code.wrong");
  if (code === "TOO_MANY_REQUESTS") return t("locked");
  return explainError(error, ui);
}
