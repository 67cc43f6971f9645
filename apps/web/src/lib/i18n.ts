import { useMemo, useSyncExternalStore } from "react";
import { applyLanguage, directionOf, initialLanguage, type Language, localeOf } from "./preferences.ts";

/**
 * Words of the interface. Each feature has a `strings.ts` with its flat table in three languages, which
 * travels in that feature's chunk; components read it with `useT(strings)`. A missing key, a missing
 * translation or a missing variable does not compile. The rules of plurals are the browser's own (Intl), so
 * the whole of it costs the first load half a kilobyte.
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

/** Declares a feature's words. Called once, in its `strings.ts`. */
export function defineStrings<const En extends Table>(
  namespace: string,
  tables: { en: En; fr: TranslationOf<En>; ar: TranslationOf<En> },
): Strings<En> {
  return { namespace, tables };
}

/** The reading function in a given language; outside components (toasts raised by the query cache). */
export function translator<En extends Table>(strings: Strings<En>, language: Language): Translate<En> {
  const table = strings.tables[language];
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(localeOf(language));
  return (key, ...[variables]) => {
    const values: Readonly<Record<string, string | number>> = variables ?? {};
    const text =
      table[key] ?? table[`${key}_${plurals.select(Number(values.count))}`] ?? table[`${key}_other`] ?? key;
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = values[name] ?? "";
      if (typeof value === "number") return numbers.format(value);
      // names and addresses are mostly of the other direction there, and must not turn the words around them
      return directionOf(language) === "rtl" ? `\u2068${value}\u2069` : value;
    });
  };
}

/** The reading function in the reader's language; the component renders again when that changes. */
export function useT<En extends Table>(strings: Strings<En>): Translate<En> {
  const language = useLanguage();
  return useMemo(() => translator(strings, language), [strings, language]);
}

let current: Language = initialLanguage();
const listeners = new Set<() => void>();

export function currentLanguage(): Language {
  return current;
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage, currentLanguage);
}

/** Changes the language everywhere at once, and the direction of the page with it. */
export function setLanguage(language: Language): void {
  current = language;
  applyLanguage(language);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
