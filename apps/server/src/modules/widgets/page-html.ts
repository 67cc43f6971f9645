import { greetingFor } from "./greeting.ts";
import type { PublicPage } from "./public-page.ts";

const locales = ["en", "fr", "ar"] as const;
export type PageLocale = (typeof locales)[number];

const strings = {
  en: {
    absent: "There is no chat here",
    absentText: "The link may be old or mistyped, or its owner has closed this page.",
    noScript: "This chat needs JavaScript. Please switch it on, or try another browser.",
    describe: "Ask {} a question.",
  },
  fr: {
    absent: "Il n’y a pas de discussion ici",
    absentText: "Le lien est peut-être ancien ou mal recopié, ou son propriétaire a fermé cette page.",
    noScript: "Cette discussion a besoin de JavaScript. Activez-le, ou essayez un autre navigateur.",
    describe: "Posez une question à {}.",
  },
  ar: {
    absent: "لا توجد محادثة هنا",
    absentText: "قد يكون الرابط قديمًا أو غير صحيح، أو أغلق صاحبه هذه الصفحة.",
    noScript: "تحتاج هذه المحادثة إلى JavaScript. شغّله من فضلك أو جرّب متصفحًا آخر.",
    describe: "اطرح سؤالًا على {}.",
  },
} as const satisfies Record<PageLocale, Record<string, string>>;

/** The first language of an Accept-Language header that we speak, by the reader's own order; else English. */
export function pageLocale(header: string | undefined): PageLocale {
  const wanted = (header ?? "")
    .slice(0, 500)
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry.trim().toLowerCase().split(";");
      const weight = Number(parameters.find((one) => one.trim().startsWith("q="))?.split("=")[1] ?? 1);
      return { language: tag.split("-")[0], weight: Number.isFinite(weight) ? weight : 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    const spoken = locales.find((locale) => locale === language);
    if (spoken) return spoken;
  }
  return "en";
}

/** The page of a bot: a frame for `chat.js`, which draws the chat, and words for who has no script. */
export function pageHtml(page: PublicPage, reader: PageLocale): string {
  const locale = page.locale ?? reader;
  const t = strings[locale];
  const greeting = greetingFor(page.initialGreeting, locale);
  return frame({
    locale,
    title: page.headerText,
    description: page.description || t.describe.replace("{}", () => page.botName),
    body: `<noscript><main><h1>${escapeHtml(page.headerText)}</h1><p>${t.noScript}</p></main></noscript>
<script src="/chat.js" data-widget="${escapeHtml(page.widgetId)}" data-color="${escapeHtml(page.primaryColor)}" data-greeting="${escapeHtml(greeting)}" async></script>`,
  });
}

/** For an address without a bot, or whose page is switched off: both alike. */
export function absentPageHtml(locale: PageLocale): string {
  const t = strings[locale];
  return frame({
    locale,
    title: t.absent,
    description: t.absentText,
    body: `<main><h1>${t.absent}</h1><p>${t.absentText}</p></main>`,
  });
}

interface Frame {
  locale: PageLocale;
  title: string;
  description: string;
  body: string;
}

function frame({ locale, title, description, body }: Frame): string {
  return `<!doctype html>
<html lang="${locale}" dir="${locale === "ar" ? "rtl" : "ltr"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/chat.css">
</head>
<body>
${body}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
