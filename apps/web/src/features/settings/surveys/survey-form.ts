import type { Question } from "../../surveys/question.ts";

export const languages = ["en", "fr", "ar"] as const;
type Language = (typeof languages)[number];
type Texts = Record<Language, string>;

/** A question as it is typed: words in each language, options one a line. */
export interface Draft {
  key: string;
  kind: Question["kind"];
  required: boolean;
  text: Texts;
  options: Texts;
}

const nothing: Texts = { en: "", fr: "", ar: "" };

export function draftOf(question: Question): Draft {
  const options = question.kind === "choice" ? question.options : [];
  const lines = (language: Language) =>
    options
      .map((option) => option[language] ?? "")
      .join("\n")
      .trimEnd();
  return {
    key: question.key,
    kind: question.kind,
    required: question.required,
    text: { ...nothing, ...question.text },
    options: { en: lines("en"), fr: lines("fr"), ar: lines("ar") },
  };
}

/** A new one, under a key that none of the others has. */
export function newDraft(others: readonly Draft[]): Draft {
  let number = others.length + 1;
  while (others.some(({ key }) => key === `q${number}`)) number++;
  return { key: `q${number}`, kind: "rating", required: true, text: nothing, options: nothing };
}

/** What was typed as the server takes it; null where a question or an option is without words. */
export function questionsOf(drafts: readonly Draft[]): Question[] | null {
  const questions: Question[] = [];
  for (const { key, kind, required, text, options } of drafts) {
    const words = wordsOf(text);
    if (!words) return null;
    if (kind !== "choice") {
      questions.push({ key, kind, required, text: words });
      continue;
    }
    const lines = { en: options.en.split("\n"), fr: options.fr.split("\n"), ar: options.ar.split("\n") };
    const count = Math.max(...languages.map((language) => lines[language].length));
    const written = Array.from({ length: count }, (_, at) =>
      wordsOf({ en: lines.en[at] ?? "", fr: lines.fr[at] ?? "", ar: lines.ar[at] ?? "" }),
    ).filter((option) => option !== null);
    if (written.length < 2) return null;
    questions.push({ key, kind, required, text: words, options: written });
  }
  return questions.length === 0 ? null : questions;
}

/** The languages in which something was written; null where there is none. */
function wordsOf(texts: Texts): Partial<Texts> | null {
  const written = languages.flatMap((language) => {
    const words = texts[language].trim();
    return words === "" ? [] : [[language, words] as const];
  });
  return written.length === 0 ? null : Object.fromEntries(written);
}
