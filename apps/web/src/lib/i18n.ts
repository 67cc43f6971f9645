import i18next from "i18next";
import { useMemo, useSyncExternalStore } from "react";
import { applyLanguage, initialLanguage, isLanguage, type Language } from "./preferences.ts";

/**
 * Words of the interface. Each feature has a `strings.ts` with its flat table in three languages, which
 * travels in that feature's chunk; components read it with `useT(strings)`. A missing key, a missing
 * translation or a missing variable does not compile.
 */

type PluralForm = "zero" | "one" | "two" | "few" | "many" | "other";
type Table = Readonly<Record<string, string>>;

/** `files_one` and `files_other` are both read as `files`. */
type KeyOf<T> = keyof T extends infer K ? (K extends `${infer Stem}_${PluralForm}` ? Stem : K) : never;

type TranslationOf<En> = {
  readonly [K in keyof En as K extends `${infer Stem}_${PluralForm}` ? `${Stem}_other` : K]: string;
} & {
  readonly [K in keyof En as K extends `${infer Stem}_other` ? `${Stem}_${PluralForm}` : never]?: string;
};

type NamesIn<S> = S extends `${string}{{${infer Name}}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type TextOf<En, K> = K extends keyof En
  ? En[K]
  : `${K & string}_other` extends keyof En
    ? En[`${K & string}_other`]
    : never;
type VariablesOf<En, K> = NamesIn<TextOf<En, K>> | (K extends keyof En ? never : "count");
type Arguments<Names extends string> = [Names] extends [never]
  ? []
  : [variables: { [N in Names]: N extends "count" ? number : string | number }];

/** Reads one text: `t("documents.title")`, `t("documents.count", { count: 3 })`. */
export type Translate<En extends Table> = <K extends KeyOf<En> & string>(
  key: K,
  ...variables: Arguments<VariablesOf<En, K>>
) => string;

export interface Strings<En extends Table> {
  readonly namespace: string;
  readonly tables: Readonly<Record<Language, Table>> & { readonly en: En };
}

void i18next.init({
  lng: initialLanguage(),
  fallbackLng: "en",
  resources: {},
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  // React escapes; escaping twice would show "&amp;".
  interpolation: { escapeValue: false },
});

/** Registers a feature's words. Called once, in its `strings.ts`. */
export function defineStrings<const En extends Table>(
  namespace: string,
  tables: { en: En; fr: TranslationOf<En>; ar: TranslationOf<En> },
): Strings<En> {
  for (const [language, table] of Object.entries(tables)) {
    i18next.addResourceBundle(language, namespace, table, false, true);
  }
  return { namespace, tables };
}

/** The reading function in a given language; outside components (toasts raised by the query cache). */
export function translator<En extends Table>(strings: Strings<En>, language: Language): Translate<En> {
  // Keys and variables were checked by Translate; i18next's own checking of them adds nothing here.
  const fixed: (key: string, variables: Record<string, unknown>) => string = i18next.getFixedT(
    language,
    strings.namespace,
  );
  return (key, ...variables) => fixed(key, variables[0] ?? {});
}

/** The reading function in the reader's language; the component renders again when that changes. */
export function useT<En extends Table>(strings: Strings<En>): Translate<En> {
  const language = useLanguage();
  return useMemo(() => translator(strings, language), [strings, language]);
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "en";
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribeToLanguage, currentLanguage);
}

/** Changes the language everywhere at once, and the direction of the page with it. */
export function setLanguage(language: Language): void {
  applyLanguage(language);
  void i18next.changeLanguage(language);
}

function subscribeToLanguage(notify: () => void): () => void {
  i18next.on("languageChanged", notify);
  return () => i18next.off("languageChanged", notify);
}
