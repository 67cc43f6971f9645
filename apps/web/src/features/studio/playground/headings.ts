const questionWords: readonly [starts: RegExp, mark: string][] = [
  [/^(how|what|when|where|which|who|why)\s/i, "?"],
  [/^(comment|pourquoi|quand|où|qui|quels?|quelles?|combien)\s/i, "\u202f?"],
  [/^(كيف|لماذا|متى|أين|ماذا|هل|كم)\s/, "؟"],
];

/** A heading that is worded as a question, as one; null for others. */
export function questionIn(heading: string): string | null {
  const mark = questionWords.find(([starts]) => starts.test(heading))?.[1];
  return mark === undefined ? null : heading + mark;
}

/**
 * Up to three headings that make good first questions: the innermost of each passage, of a readable length,
 * each once, spread over the document rather than all from its beginning.
 */
export function headingsIn(chunks: readonly { headingPath: readonly string[] }[]): string[] {
  const all = new Set<string>();
  for (const { headingPath } of chunks) {
    const heading =
      headingPath
        .at(-1)
        ?.trim()
        .replace(/[\s:.?!؟]+$/, "") ?? "";
    if (heading.length >= 4 && heading.length <= 60) all.add(heading);
  }
  const headings = [...all];
  if (headings.length <= 3) return headings;
  return [0, 1, 2].flatMap((part) => headings[Math.floor((part * headings.length) / 3)] ?? []);
}
