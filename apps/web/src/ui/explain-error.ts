import { TRPCClientError } from "@trpc/client";
import type { Translate } from "../lib/i18n.ts";
import { isOffline } from "../lib/trpc.ts";
import type { uiStrings } from "./strings.ts";

/** A failure as one sentence for the reader: the server's own words where it gave some. */
export function explainError(error: unknown, t: Translate<(typeof uiStrings)["tables"]["en"]>): string {
  if (isOffline(error)) return t("offline");
  if (error instanceof TRPCClientError && error.message !== "") return error.message;
  return t("unexpected");
}
