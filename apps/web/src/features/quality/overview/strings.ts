import { defineStrings } from "../../../lib/i18n.ts";

export const overviewStrings = defineStrings("quality.overview", {
  en: {
    "empty.title": "No answers yet",
    "empty.text": "Once your bots answer questions, this shows how many claims their sources support.",
  },
  fr: {
    "empty.title": "Pas encore de réponse",
    "empty.text":
      "Dès que vos bots répondent, vous verrez ici combien d’affirmations leurs sources appuient.",
  },
  ar: {
    "empty.title": "لا إجابات بعد",
    "empty.text": "متى أجابت بوتاتك عن الأسئلة ظهر هنا عدد الأقوال التي تدعمها مصادرها.",
  },
});
