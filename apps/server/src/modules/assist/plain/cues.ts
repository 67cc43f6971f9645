import { fold, tokenize } from "../../../platform/text/index.ts";

/** A text as cues are looked for in it: its words in search form, one space between them and at both edges. */
export function inCueForm(text: string): string {
  return ` ${tokenize(fold(text.slice(0, 8_000)))
    .map(({ term }) => term)
    .join(" ")} `;
}

/**
 * Looks for any of some phrases, which are given as people write them. Arabic words carry prefixes and suffixes, so there
 * a phrase may stand within a longer word; in the other languages it is whole words.
 */
export function cues(...phrases: string[]): (text: string) => number {
  const forms = phrases.map((phrase) => {
    const form = inCueForm(phrase);
    return /\p{Script=Arabic}/u.test(phrase) ? form.trim() : form;
  });
  return (text) => forms.filter((form) => text.includes(form)).length;
}
