import type { Language } from "../../lib/preferences.ts";
import type { Outputs } from "../../lib/trpc.ts";

export type Question = Outputs["surveys"]["get"]["questions"][number];
type Localized = Question["text"];

/** The words in the reader's language, or else in the first that there is. */
export function wordsIn(text: Localized, language: Language): string {
  return text[language] ?? text.en ?? text.fr ?? text.ar ?? "";
}

/** What a question can be answered by: its numbers, each with what it is shown as. Nothing for words. */
export function choicesOf(question: Question, language: Language): { value: number; label: string }[] {
  if (question.kind === "text") return [];
  if (question.kind === "choice") {
    return question.options.map((option, value) => ({ value, label: wordsIn(option, language) }));
  }
  const [least, most] = question.kind === "nps" ? [0, 10] : [1, 5];
  return Array.from({ length: most - least + 1 }, (_, at) => ({ value: least + at, label: `${least + at}` }));
}
