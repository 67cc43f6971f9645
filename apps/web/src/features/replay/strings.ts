import { defineStrings } from "../../lib/i18n.ts";

export const replayStrings = defineStrings("replay", {
  en: {
    "try.answer": "Try again on a draft",
    "try.conversation": "Ask it all again on a draft",
    title: "Try again on a draft",
    "text.answer":
      "The question is asked again with what you choose here, beside the answer that was given. The customer hears nothing of it.",
    "text.conversation":
      "The customer’s questions are asked again with what you choose here, beside the answers that were given. The customer hears nothing of it.",
    start: "Ask again",
  },
  fr: {
    "try.answer": "Réessayer avec un brouillon",
    "try.conversation": "Tout reposer avec un brouillon",
    title: "Réessayer avec un brouillon",
    "text.answer":
      "La question est posée à nouveau avec vos choix, à côté de la réponse donnée. Le client n’en sait rien.",
    "text.conversation":
      "Les questions du client sont posées à nouveau avec vos choix, à côté des réponses données. Le client n’en sait rien.",
    start: "Poser à nouveau",
  },
  ar: {
    "try.answer": "جرّب من جديد بمسودة",
    "try.conversation": "اطرحها كلها من جديد بمسودة",
    title: "جرّب من جديد بمسودة",
    "text.answer": "يُطرح السؤال من جديد بما تختاره هنا، بجانب الإجابة التي أُعطيت. لا يعلم العميل بذلك.",
    "text.conversation":
      "تُطرح أسئلة العميل من جديد بما تختاره هنا، بجانب الإجابات التي أُعطيت. لا يعلم العميل بذلك.",
    start: "اطرح من جديد",
  },
});
