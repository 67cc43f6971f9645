import { useLanguage, useT } from "../../lib/i18n.ts";
import { TextArea } from "../../ui/index.ts";
import { choicesOf, type Question, wordsIn } from "./question.ts";
import { surveyStrings } from "./strings.ts";

/** A question of a survey with its fields; their name is the question's key. */
export function QuestionFields({ question }: { question: Question }) {
  const t = useT(surveyStrings);
  const language = useLanguage();
  const { key, kind, text, required } = question;
  const words = wordsIn(text, language);
  if (kind === "text") {
    // words of the other direction must not be turned by the page's
    return (
      <TextArea
        label={`\u2068${words}\u2069`}
        name={key}
        required={required}
        rows={3}
        maxLength={2000}
        dir="auto"
      />
    );
  }
  const choices = choicesOf(question, language);
  const isScale = kind !== "choice";
  const nameOf = (value: number) => {
    if (value === choices[0]?.value) return `${value}: ${t("least")}`;
    return value === choices.at(-1)?.value ? `${value}: ${t("most")}` : undefined;
  };
  return (
    <fieldset>
      <legend dir="auto" className="text-14 font-medium">
        {words}
      </legend>
      <div className={isScale ? "mt-2 flex flex-wrap gap-1.5" : "mt-2 flex flex-col gap-1"}>
        {choices.map(({ value, label }) => (
          <label
            key={value}
            className="flex min-h-9 items-center gap-2 rounded-control border border-line px-2.5 text-14 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={key}
              value={value}
              required={required}
              aria-label={isScale ? nameOf(value) : undefined}
              className="accent-accent-fill"
            />
            <span dir="auto">{label}</span>
          </label>
        ))}
      </div>
      {isScale ? (
        <p aria-hidden className="mt-1 flex justify-between text-12 text-ink-3">
          <span>{t("least")}</span>
          <span>{t("most")}</span>
        </p>
      ) : null}
    </fieldset>
  );
}
