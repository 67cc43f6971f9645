import { fold, isStopWord, type Language, tokenize } from "../../../platform/text/index.ts";

/**
 * A question without what a follow-up says in its place: "what does the Basic plan cost?" for "and the Pro plan?" is
 * what the plan costs. Beside a word that both say stand two different ones: the question's goes.
 */
export function withoutReplaced(question: string, followUp: string, language: Language): string {
  const asked = tokenize(question).map(({ term }) => term);
  const said = tokenize(followUp).map(({ term }) => term);
  const isContent = (term: string | undefined): term is string =>
    term !== undefined && !isStopWord(term, language);
  const replaced = new Set<string>();
  asked.forEach((shared, at) => {
    const place = isContent(shared) ? said.indexOf(shared) : -1;
    if (place < 0) return;
    for (const side of [-1, 1]) {
      const [old, young] = [asked[at + side], said[place + side]];
      if (isContent(old) && isContent(young) && !said.includes(old) && !asked.includes(young))
        replaced.add(old);
    }
  });
  return withoutWords(question, replaced);
}

/** A text without the words of these search forms. */
export function withoutWords(text: string, terms: ReadonlySet<string>): string {
  if (terms.size === 0) return text;
  return tokenize(text)
    .filter(({ term }) => terms.has(fold(term)))
    .reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
    .replace(/ {2,}/g, " ");
}
