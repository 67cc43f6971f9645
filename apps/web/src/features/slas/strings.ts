import { defineStrings } from "../../lib/i18n.ts";

export const slasStrings = defineStrings("slas", {
  en: {
    left: "{{time}} left",
    over: "{{time}} overdue",
    paused: "Paused",
    "paused.why": "The time stands still until the customer answers.",
    met: "In time",
    late: "Late",
    due: "Due {{moment}}",
  },
  fr: {
    left: "Reste {{time}}",
    over: "{{time}} de retard",
    paused: "En pause",
    "paused.why": "Le temps s’arrête jusqu’à la réponse du client.",
    met: "À temps",
    late: "En retard",
    due: "Échéance : {{moment}}",
  },
  ar: {
    left: "بقي {{time}}",
    over: "متأخر {{time}}",
    paused: "متوقف",
    "paused.why": "يتوقف الوقت حتى يرد العميل.",
    met: "في الموعد",
    late: "متأخر",
    due: "الموعد {{moment}}",
  },
});
