/** What stands in place of what belongs to one person or one case. */
const MARK = "[…]";

const EMAIL = /[\p{L}\p{N}._%+'’-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** Addresses of pages often carry a key to somebody's own. */
const ADDRESS = /\b(?:https?:\/\/|www\.)\S+/giu;
/** Seven digits or more, in groups or not: telephones, accounts, cards; also in Arabic digits. Not dates. */
const LONG_NUMBER =
  /(?<![\p{L}\p{Nd}])(?!\p{Nd}{1,4}([/.-])\p{Nd}{1,2}\1\p{Nd}{2,4}(?!\p{Nd}))[+(]?\p{Nd}(?:[\s().\-/]{0,2}\p{Nd}){6,}/gu;
/** "#1042", "no. 1042", "order 1042", "commande n° 1042", "الطلب رقم ١٠٤٢", "AB-10422". */
const REFERENCE =
  /#\s?\p{Nd}{2,}\b|(?<=(?:\b(?:order|invoice|ticket|booking|case|reference|ref|account|customer|tracking|parcel|commande|facture|dossier|réservation|colis|compte|client)|طلب|فاتورة|حجز|حساب)(?:\s+(?:is|number|no\.?|nr\.?|n[°º]|numéro|est|رقم|رقمه)){0,3}\s*[:#]?\s*)\p{Nd}[\p{L}\p{Nd}-]{2,}/giu;
const CODE =
  /\b(?=[\p{Lu}\d-]*\d[\p{Lu}\d-]*\d[\p{Lu}\d-]*\d)(?=[\p{Lu}\d-]*\p{Lu})[\p{Lu}\d]{2,}(?:-[\p{Lu}\d]+)*\b/gu;
/** After a title, a greeting or "my name is" stand names. */
const TITLED =
  /(?<=(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Madame|Mme|Monsieur|Mlle|M)\.?|السيد|السيدة|الأستاذ)\s+)\p{L}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?/gu;
const INTRODUCED =
  /(?<=\b(?:[Mm]y name is|[Tt]his is|I am|I['’]m|[Jj]e m['’]appelle|[Jj]e suis)\s+)\p{Lu}[\p{Ll}'’-]+(?:\s+\p{Lu}[\p{Ll}'’-]+)?(?=[\s,.!]|$)/gu;
/** A word of a name shorter than this is too common to look for. */
const SHORTEST_NAME = 3;

/**
 * The text without what belongs to one person or one case: e-mail addresses, links, telephone, order and account numbers,
 * and names: those that are given, and those behind a title or an introduction.
 */
export function redact(text: string, names: readonly (string | null)[] = []): string {
  let redacted = text;
  for (const pattern of [EMAIL, ADDRESS, REFERENCE, CODE, LONG_NUMBER, TITLED, INTRODUCED]) {
    redacted = redacted.replace(pattern, MARK);
  }
  for (const name of wordsOf(names)) {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    redacted = redacted.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "giu"), MARK);
  }
  return redacted.replace(/\[…\](?:\s*\[…\])+/g, MARK);
}

/** True for a text that something was taken out of. */
export function isRedacted(text: string): boolean {
  return text.includes(MARK);
}

/** Whole names first, then their words, the longest first. */
function wordsOf(names: readonly (string | null)[]): string[] {
  const all = names.flatMap((name) => (name === null ? [] : [name.trim(), ...name.trim().split(/\s+/)]));
  const fit = [...new Set(all)].filter((name) => name.length >= SHORTEST_NAME);
  return fit.sort((a, b) => b.length - a.length);
}
