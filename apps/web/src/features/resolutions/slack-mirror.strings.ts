import { defineStrings } from "../../lib/i18n.ts";

export const slackMirrorStrings = defineStrings("slackMirror", {
  en: {
    ask: "Mirror to Slack",
    making: "A channel is being made in Slack",
    catchingUp: "Slack is catching up",
    linked: "In Slack",
    failed: "Not mirrored to Slack",
    "reason.disconnected": "No Slack is connected. Connect it in the settings, then try again.",
    "reason.token":
      "Slack does not accept the app’s token, or the app lacks a right. Repair it in the settings, then try again.",
    "reason.gone": "The channel was archived or removed in Slack. Try again to make another.",
    "reason.refused": "Slack refused it.",
    "reason.unreachable": "Slack had trouble for some time. The next message tries again by itself.",
    kept: "Nothing that was said here is lost; it follows.",
    again: "Try again",
    said: "said in Slack",
  },
  fr: {
    ask: "Refléter dans Slack",
    making: "Un canal se crée dans Slack",
    catchingUp: "Slack rattrape son retard",
    linked: "Dans Slack",
    failed: "Pas reflété dans Slack",
    "reason.disconnected": "Slack n’est pas connecté. Connectez-le dans les réglages, puis réessayez.",
    "reason.token":
      "Slack n’accepte pas le jeton de l’application, ou il manque un droit à celle-ci. Corrigez-le dans les réglages, puis réessayez.",
    "reason.gone": "Le canal a été archivé ou supprimé dans Slack. Réessayez pour en créer un autre.",
    "reason.refused": "Slack a refusé.",
    "reason.unreachable":
      "Slack a eu des difficultés pendant un certain temps. Le prochain message réessaiera de lui-même.",
    kept: "Rien de ce qui a été dit ici n’est perdu ; tout suivra.",
    again: "Réessayer",
    said: "dit dans Slack",
  },
  ar: {
    ask: "انسخه إلى Slack",
    making: "تُنشأ قناة في Slack",
    catchingUp: "يلحق Slack بما فاته",
    linked: "في Slack",
    failed: "غير منسوخ إلى Slack",
    "reason.disconnected": "لا يوجد Slack متصل. صِله من الإعدادات ثم أعد المحاولة.",
    "reason.token": "لا يقبل Slack رمز التطبيق، أو ينقص التطبيق إذن. أصلح ذلك من الإعدادات ثم أعد المحاولة.",
    "reason.gone": "أُرشفت القناة أو حُذفت في Slack. أعد المحاولة لإنشاء قناة أخرى.",
    "reason.refused": "رفض Slack ذلك.",
    "reason.unreachable": "واجه Slack صعوبة لبعض الوقت. ستعيد الرسالة التالية المحاولة من تلقاء نفسها.",
    kept: "لم يضع شيء مما قيل هنا، وسيصل لاحقًا.",
    again: "أعد المحاولة",
    said: "قيل في Slack",
  },
});
