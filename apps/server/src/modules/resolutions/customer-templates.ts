/** What a customer is told, ready to send. */
export const customerTemplates = [
  "acknowledgement",
  "status_update",
  "eta_update",
  "delay",
  "resolved",
] as const;
export type CustomerTemplate = (typeof customerTemplates)[number];

/** `eta` is null where nothing is promised yet. */
type Texts = Record<CustomerTemplate, (eta: string | null) => string>;

const texts: Record<"en" | "fr" | "ar", Texts> = {
  en: {
    acknowledgement: (eta) =>
      `We have found the issue that you told us about and are working on it.${eta ? ` We expect it to be solved by ${eta}.` : ""}`,
    status_update: (eta) =>
      `We are still working on your issue.${eta ? ` We expect it to be solved by ${eta}.` : " We will write again as soon as there is news."}`,
    eta_update: (eta) =>
      eta
        ? `We now expect your issue to be solved by ${eta}.`
        : "We cannot say yet when your issue will be solved. We will write again as soon as we know.",
    delay: (eta) =>
      `Solving your issue takes longer than we thought, and we are sorry.${eta ? ` We now expect it to be solved by ${eta}.` : " We will write again as soon as we know more."}`,
    resolved: () =>
      "The issue that you told us about has been solved. Please write to us here if it comes back.",
  },
  fr: {
    acknowledgement: (eta) =>
      `Nous avons identifié le problème que vous nous avez signalé et nous y travaillons.${eta ? ` Nous pensons le résoudre d’ici au ${eta}.` : ""}`,
    status_update: (eta) =>
      `Nous travaillons toujours à votre problème.${eta ? ` Nous pensons le résoudre d’ici au ${eta}.` : " Nous vous écrirons dès qu’il y aura du nouveau."}`,
    eta_update: (eta) =>
      eta
        ? `Nous pensons maintenant résoudre votre problème d’ici au ${eta}.`
        : "Nous ne pouvons pas encore dire quand votre problème sera résolu. Nous vous écrirons dès que nous le saurons.",
    delay: (eta) =>
      `La résolution de votre problème prend plus de temps que prévu, et nous vous prions de nous en excuser.${eta ? ` Nous pensons maintenant le résoudre d’ici au ${eta}.` : " Nous vous écrirons dès que nous en saurons plus."}`,
    resolved: () =>
      "Le problème que vous nous avez signalé est résolu. Écrivez-nous ici s’il se présente à nouveau.",
  },
  ar: {
    acknowledgement: (eta) =>
      `حددنا المشكلة التي أخبرتنا بها ونعمل على حلها.${eta ? ` نتوقع حلها بحلول ${eta}.` : ""}`,
    status_update: (eta) =>
      `ما زلنا نعمل على مشكلتك.${eta ? ` نتوقع حلها بحلول ${eta}.` : " سنكتب إليك فور ورود أي جديد."}`,
    eta_update: (eta) =>
      eta
        ? `نتوقع الآن حل مشكلتك بحلول ${eta}.`
        : "لا يمكننا بعد تحديد موعد حل مشكلتك. سنكتب إليك فور معرفتنا به.",
    delay: (eta) =>
      `يستغرق حل مشكلتك وقتًا أطول مما توقعنا، ونعتذر عن ذلك.${eta ? ` نتوقع الآن حلها بحلول ${eta}.` : " سنكتب إليك فور معرفتنا بالمزيد."}`,
    resolved: () => "حُلَّت المشكلة التي أخبرتنا بها. اكتب إلينا هنا إن عادت.",
  },
};

/** A template's words in the customer's language (English where we have no other); times are in UTC and say so. */
export function writeTemplate(
  template: CustomerTemplate,
  { language, eta }: { language: string | null; eta: Date | null },
): string {
  const [spoken = "en"] = (language ?? "en").toLowerCase().split(/[-_]/);
  const locale = spoken === "fr" || spoken === "ar" ? spoken : "en";
  const when = eta
    ? new Intl.DateTimeFormat(locale, {
        day: "numeric",
        month: "long",
        year: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
        timeZone: "UTC",
        timeZoneName: "short",
      }).format(eta)
    : null;
  return texts[locale][template](when);
}
