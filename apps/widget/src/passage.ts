import type { ComponentChild, h as createElement } from "preact";
import { titleOf } from "./sources.ts";
import type { Locale } from "./strings.ts";
import type { SourcePart } from "./types.ts";

const WORDS = {
  en: { page: "page", outdated: "Changed since" },
  fr: { page: "page", outdated: "Modifié depuis" },
  ar: { page: "صفحة", outdated: "تغيّر بعد ذلك" },
} satisfies Record<Locale, Record<string, string>>;

/**
 * The passage behind a citation, with the widget's own `h`: its document, where in it, and the words. Loaded when the
 * first one is opened.
 */
export function passage(h: typeof createElement, source: SourcePart, locale: Locale): ComponentChild {
  const { headingPath = [], page, quote, source: origin } = source.providerMetadata?.parlance ?? {};
  const t = WORDS[locale];
  const place = page ? [...headingPath, `${t.page} ${page}`] : headingPath;
  const standing = origin?.state === "current" ? origin.updatedAt?.slice(0, 10) : origin && t.outdated;
  return h(
    "aside",
    { class: "card", dir: "auto" },
    h("strong", null, titleOf(source)),
    h("p", { class: "fine" }, place.join(" › ")),
    standing && h("p", { class: "fine" }, standing),
    h("blockquote", null, quote),
  );
}
