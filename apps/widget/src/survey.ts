import type { ComponentChild, h as createElement } from "preact";
import type { Credentials } from "./api.ts";
import type { Locale } from "./strings.ts";

/** The same words in the languages that somebody wrote them in. */
type Localized = Partial<Record<Locale, string>>;

interface Question {
  key: string;
  kind: "rating" | "nps" | "choice" | "text";
  text: Localized;
  required: boolean;
  options?: Localized[];
}

/** What the server asks, by the event `survey`. */
export interface Asked {
  invitationId: string;
  questions: Question[];
}

const WORDS = {
  en: {
    survey: "Survey",
    least: "Not at all",
    most: "Very much",
    comment: "Anything to add? (optional)",
    send: "Send",
    dismiss: "No, thanks",
    thanks: "Thank you for your answer",
    failed: "Your answer was not sent. Please try again.",
  },
  fr: {
    survey: "Enquête",
    least: "Pas du tout",
    most: "Tout à fait",
    comment: "Quelque chose à ajouter ? (facultatif)",
    send: "Envoyer",
    dismiss: "Non merci",
    thanks: "Merci pour votre réponse",
    failed: "Votre réponse n’est pas partie. Réessayez.",
  },
  ar: {
    survey: "استبيان",
    least: "لا، إطلاقًا",
    most: "نعم، تمامًا",
    comment: "هل تود إضافة شيء؟ (اختياري)",
    send: "إرسال",
    dismiss: "لا، شكرًا",
    thanks: "شكرًا على إجابتك",
    failed: "لم تُرسل إجابتك. حاول مرة أخرى.",
  },
} satisfies Record<Locale, Record<string, string>>;

type Stage = "open" | "sending" | "failed" | "thanks" | "gone";

/** The survey that is shown: the server tells of it again with each connection. */
let shown: { id: string; draw: () => ComponentChild } | undefined;

/**
 * A survey as the widget draws it, with the widget's own `h`; loaded when there is one to ask. The answers stay in their
 * fields until they are sent.
 *
 * @param api the server's origin
 * @param changed asks for another drawing
 */
export function survey(
  h: typeof createElement,
  asked: Asked,
  api: string,
  who: Credentials | undefined,
  locale: Locale,
  changed: () => void,
): () => ComponentChild {
  if (shown?.id === asked.invitationId) return shown.draw;
  const t = WORDS[locale];
  let stage: Stage = "open";

  const say = (text: Localized) => text[locale] ?? text.en ?? text.fr ?? text.ar ?? "";

  function become(next: Stage): void {
    stage = next;
    changed();
  }

  async function call(method: string, body: unknown): Promise<void> {
    become("sending");
    try {
      const { ok, status } = await fetch(
        `${api}/api/chat/${who?.conversationId}/surveys/${asked.invitationId}`,
        {
          method,
          headers: { "content-type": "application/json", authorization: `Bearer ${who?.token}` },
          credentials: "omit",
          body: JSON.stringify(body),
        },
      );
      // 409: it was answered by its link, or has closed meanwhile
      if (!ok && status !== 409) throw status;
      become(method === "POST" ? "thanks" : "gone");
    } catch {
      become("failed");
    }
  }

  function send(form: HTMLFormElement): void {
    const given = new FormData(form);
    const answers: Record<string, string | number> = {};
    for (const { key, kind } of asked.questions) {
      const value = given.get(`q-${key}`);
      if (value) answers[key] = kind === "text" ? `${value}` : Number(value);
    }
    void call("POST", { answers, comment: `${given.get("comment")}` });
  }

  const words = (label: ComponentChild, name: string, required: boolean) =>
    h(
      "label",
      null,
      label,
      h("textarea", { name, required, rows: 2, maxLength: 2000, dir: "auto", style: { display: "block" } }),
    );

  /** The values that can be chosen, each with what it is called and shown as. */
  function choices({ kind, options = [] }: Question): { value: number; name: string; face: string }[] {
    if (kind === "choice")
      return options.map((option, value) => ({ value, name: say(option), face: say(option) }));
    const [least, most] = kind === "nps" ? [0, 10] : [1, 5];
    return Array.from({ length: most - least + 1 }, (_, at) => {
      const value = least + at;
      const end = value === least ? `: ${t.least}` : value === most ? `: ${t.most}` : "";
      return { value, name: `${value}${end}`, face: `${value}` };
    });
  }

  function group(question: Question): ComponentChild {
    const id = `q-${question.key}`;
    const isScale = question.kind !== "choice";
    const box = isScale
      ? { display: "flex", flexWrap: "wrap", justifyContent: "space-between", gap: "4px 8px" }
      : { display: "grid", gap: "4px" };
    const row = { display: "flex", alignItems: "center", gap: "6px", minBlockSize: "32px" };
    const mark = { flex: "none", inlineSize: "20px", blockSize: "20px", minBlockSize: 0 };
    return h(
      "div",
      { role: "radiogroup", "aria-labelledby": id, "aria-required": question.required },
      h("p", { id, dir: "auto" }, say(question.text)),
      h(
        "div",
        { style: box },
        choices(question).map(({ value, name, face }) =>
          h(
            "label",
            { style: row },
            h("input", {
              type: "radio",
              name: id,
              value,
              required: question.required,
              "aria-label": name,
              style: mark,
            }),
            face,
          ),
        ),
      ),
      isScale &&
        h(
          "p",
          {
            class: "fine",
            "aria-hidden": "true",
            style: { display: "flex", justifyContent: "space-between" },
          },
          h("span", null, t.least),
          h("span", null, t.most),
        ),
    );
  }

  function draw(): ComponentChild {
    if (stage === "gone") return null;
    if (stage === "thanks") return h("p", { class: "fine" }, t.thanks);
    const disabled = stage === "sending";
    return h(
      "form",
      {
        class: "card",
        "aria-label": t.survey,
        style: { display: "grid", gap: "12px" },
        onSubmit(event: SubmitEvent) {
          event.preventDefault();
          if (event.currentTarget instanceof HTMLFormElement) send(event.currentTarget);
        },
      },
      asked.questions.map((question) =>
        question.kind === "text"
          ? words(say(question.text), `q-${question.key}`, question.required)
          : group(question),
      ),
      words(t.comment, "comment", false),
      stage === "failed" && h("p", { class: "notice", role: "alert" }, t.failed),
      h(
        "div",
        { style: { display: "flex", gap: "8px" } },
        h("button", { type: "submit", class: "quiet", disabled }, t.send),
        h(
          "button",
          { type: "button", class: "quiet", disabled, onClick: () => void call("DELETE", {}) },
          t.dismiss,
        ),
      ),
    );
  }

  shown = { id: asked.invitationId, draw };
  return draw;
}
