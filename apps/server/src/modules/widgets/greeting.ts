import { findTemplate, templateGreetings } from "../templates/index.ts";

/** What a widget says first until its owner writes something else (seed 001, section 2.8). */
export const defaultGreeting = "Hello! How can I help you today?";

const defaults = {
  en: defaultGreeting,
  fr: "Bonjour ! Comment puis-je vous aider ?",
  ar: "مرحبًا! كيف يمكنني مساعدتك اليوم؟",
};

/** What the widget of a new bot says first. */
export function firstGreeting(templateId: string | null): string {
  const template = templateId === null ? null : findTemplate(templateId);
  return template?.widgetDefaults.greeting ?? defaultGreeting;
}

/** The greeting as a visitor reads it: one that we ship in their language, an owner's own as it was written. */
export function greetingFor(greeting: string, locale: string | null): string {
  const shipped = [defaults, ...templateGreetings()].find(({ en }) => en === greeting);
  if (!shipped) return greeting;
  const language = locale?.slice(0, 2).toLowerCase();
  return language === "fr" || language === "ar" ? shipped[language] : greeting;
}
