import { defineStrings } from "../../lib/i18n.ts";

/** The page and its tabs; each tab has its own words beside it. */
export const qualityStrings = defineStrings("quality", {
  en: {
    title: "Quality",
    "tab.overview": "Overview",
    "tab.reviews": "Reviews",
    "tab.problems": "Problems",
    "tab.evaluations": "Evaluations",
    "only.title": "Only for those who read conversations",
    "only.text":
      "Quality is judged by visitors’ questions, so it takes the role owner, admin or agent. Ask an owner of your workspace.",
  },
  fr: {
    title: "Qualité",
    "tab.overview": "Vue d’ensemble",
    "tab.reviews": "Relectures",
    "tab.problems": "Problèmes",
    "tab.evaluations": "Évaluations",
    "only.title": "Réservé à ceux qui lisent les conversations",
    "only.text":
      "La qualité se juge sur les questions des visiteurs : il faut le rôle de propriétaire, d’administrateur ou d’agent. Adressez-vous à un propriétaire de votre espace.",
  },
  ar: {
    title: "الجودة",
    "tab.overview": "نظرة عامة",
    "tab.reviews": "المراجعات",
    "tab.problems": "المشكلات",
    "tab.evaluations": "التقييمات",
    "only.title": "لمن يقرؤون المحادثات فقط",
    "only.text":
      "تُقاس الجودة بأسئلة الزوار، ولذلك يلزم أن تكون مالكًا أو مديرًا أو موظف دعم. اطلب ذلك من مالك مساحة العمل.",
  },
});
