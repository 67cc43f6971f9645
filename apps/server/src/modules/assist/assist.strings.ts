import type { Language } from "../../platform/text/index.ts";

/** What the assistance says of a conversation, in the customer's language where it is one of these. */
const strings = {
  en: {
    asked: "Asked: {text}",
    "asked.nothing": "The customer has not asked anything yet.",
    "tried.answered": "The bot answered “{text}”",
    "tried.unanswered": "The bot found no answer to “{text}”",
    "tried.agent": "{name} replied “{text}”",
    colleague: "A colleague",
    "last.customer": "Last, the customer wrote “{text}”",
    "state.new": "Nobody has answered yet.",
    "state.ai_handling": "The bot has it.",
    "state.escalated": "It waits for a person.",
    "state.awaiting_agent": "It waits for an agent.",
    "state.awaiting_customer": "It waits for the customer.",
    "state.resolved": "It is resolved.",
    "state.closed": "It is closed.",
  },
  fr: {
    asked: "Demande : {text}",
    "asked.nothing": "Le client n’a encore rien demandé.",
    "tried.answered": "Le bot a répondu « {text} »",
    "tried.unanswered": "Le bot n’a pas trouvé de réponse à « {text} »",
    "tried.agent": "{name} a répondu « {text} »",
    colleague: "Un collègue",
    "last.customer": "En dernier, le client a écrit « {text} »",
    "state.new": "Personne n’a encore répondu.",
    "state.ai_handling": "Le bot s’en occupe.",
    "state.escalated": "La conversation attend une personne.",
    "state.awaiting_agent": "La conversation attend un conseiller.",
    "state.awaiting_customer": "La conversation attend le client.",
    "state.resolved": "La conversation est résolue.",
    "state.closed": "La conversation est close.",
  },
  ar: {
    asked: "السؤال: {text}",
    "asked.nothing": "لم يسأل العميل شيئًا بعد.",
    "tried.answered": "أجاب البوت «{text}»",
    "tried.unanswered": "لم يجد البوت جوابًا عن «{text}»",
    "tried.agent": "أجاب {name} «{text}»",
    colleague: "أحد الزملاء",
    "last.customer": "آخر ما كتبه العميل «{text}»",
    "state.new": "لم يُجب أحد بعد.",
    "state.ai_handling": "البوت يتولى المحادثة.",
    "state.escalated": "المحادثة تنتظر شخصًا.",
    "state.awaiting_agent": "المحادثة تنتظر موظفًا.",
    "state.awaiting_customer": "المحادثة تنتظر العميل.",
    "state.resolved": "حُلّت المحادثة.",
    "state.closed": "أُغلقت المحادثة.",
  },
} as const;

export type AssistPhrase = keyof (typeof strings)["en"];

export function phrase(name: AssistPhrase, language: Language, values: Record<string, string> = {}): string {
  const known = language === "other" ? "en" : language;
  // one pass: what is put in is never read as a placeholder
  return strings[known][name].replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}
