import { detect } from "tinyld";
import { detectLanguage } from "./language.ts";

/** Characters that tell a language; more tell no more. */
const SAMPLE = 2_000;

/** The ISO 639-1 code of a text's language, also of those that have no rules here; null where nothing tells it. */
export function languageCode(text: string): string | null {
  const known = detectLanguage(text);
  if (known !== "other") return known;
  const guess = detect(text.slice(0, SAMPLE));
  return guess === "" ? null : guess;
}
