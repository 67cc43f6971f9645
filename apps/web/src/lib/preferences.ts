/** What the reader chose for this browser: theme and language. The same keys are read by public/boot.js. */

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const languages = ["en", "fr", "ar"] as const;
export type Language = (typeof languages)[number];

/** Each language in its own words, for the language switch. */
export const languageNames: Record<Language, string> = { en: "English", fr: "Français", ar: "العربية" };

const themeKey = "parlance.theme";
const languageKey = "parlance.language";

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}

/**
 * The locale for dates and numbers. Arabic keeps Western digits, so that figures in a sentence look like
 * the citation marks and page numbers beside them.
 */
export function localeOf(language: Language): string {
  return language === "ar" ? "ar-u-nu-latn" : language;
}

/** The language that boot.js put on <html>; English outside a browser. */
export function initialLanguage(): Language {
  const tag = typeof document === "undefined" ? "en" : document.documentElement.lang;
  return isLanguage(tag) ? tag : "en";
}

/** Remembers a language and turns the page to its direction. */
export function applyLanguage(language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  remember(languageKey, language);
}

export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

/** Remembers a theme and shows it at once. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  remember(themeKey, theme);
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
}
