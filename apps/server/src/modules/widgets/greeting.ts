/** What a widget says first until its owner writes something else (seed 001, section 2.8). */
export const defaultGreeting = "Hello! How can I help you today?";

const translations: Record<string, string> = {
  fr: "Bonjour ! Comment puis-je vous aider ?",
  ar: "مرحبًا! كيف يمكنني مساعدتك اليوم؟",
};

/** The greeting as a visitor reads it: the default one in their language, an owner's own as it was written. */
export function greetingFor(greeting: string, locale: string | null): string {
  if (greeting !== defaultGreeting) return greeting;
  return translations[locale?.slice(0, 2).toLowerCase() ?? "en"] ?? greeting;
}
