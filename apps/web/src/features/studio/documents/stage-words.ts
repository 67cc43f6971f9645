import type { Translate } from "../../../lib/i18n.ts";
import type { BotDocument } from "../../../lib/models.ts";
import type { documentsTabStrings } from "./strings.ts";

/** What is being done with a document now, in the reader's words. */
export function stageWord(
  document: Pick<BotDocument, "status" | "stage">,
  t: Translate<(typeof documentsTabStrings)["tables"]["en"]>,
): string {
  if (document.status === "PROCESSED") return t("status.ready");
  if (document.status === "FAILED") return t("status.failed");
  return t(`stage.${document.stage ?? "queued"}`);
}
