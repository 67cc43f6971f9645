import type { Translate } from "../../../lib/i18n.ts";
import type { BotSource } from "../../../lib/models.ts";
import { sourcesStrings } from "./strings.ts";

type Words = (typeof sourcesStrings)["tables"]["en"];

/** A reason in the reader's language; null for a code that this console does not know. */
export function reasonWord(code: string | null, t: Translate<Words>): string | null {
  const key = `reason.${code}`;
  return isWord(key) ? t(key) : null;
}

/** Why a source could not be read, and what becomes of what was read before. */
export function failureWord(source: BotSource, t: Translate<Words>): string {
  const reason = reasonWord(source.errorCode, t);
  return reason ? `${reason} ${t("failed.keeps")}` : (source.errorMessage ?? t("reason.INTERNAL"));
}

function isWord(key: string): key is Extract<keyof Words, `reason.${string}`> {
  return key in sourcesStrings.tables.en;
}

/** An address as people say it: without the scheme, and without a slash at its end. */
export function shortUrl(url: string): string {
  return url.replace(/^https?:\/\//, "").replace(/\/$/, "");
}

/** Only what a browser may open from here: an address by http or https. */
export function safeUrl(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}
