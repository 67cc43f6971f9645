import type { Translate } from "../../../lib/i18n.ts";
import { UploadError } from "../../../lib/put-file.ts";
import { explainError, type uiStrings } from "../../../ui/index.ts";
import type { documentsTabStrings } from "./strings.ts";

/** Why a file was not sent, in one sentence: the server's or the store's own words where they gave some. */
export function explainUpload(
  error: unknown,
  t: Translate<(typeof documentsTabStrings)["tables"]["en"]>,
  kit: Translate<(typeof uiStrings)["tables"]["en"]>,
): string {
  if (!(error instanceof UploadError)) return explainError(error, kit);
  if (error.status === 0) return t("failed.connection");
  return error.message || t("failed.storage", { status: error.status });
}
