import { defineStrings } from "../../../lib/i18n.ts";

export const voiceStrings = defineStrings("studio.voice", {
  en: {
    label: "The bot answers by",
    own: "Its own prompt: {{name}}",
    default: "The workspace’s default: {{name}}",
    shared: "Personality: {{name}}",
    "hint.own": "Personalities of the workspace wait while a prompt of the bot’s own is in use.",
    "hint.shared": "The prompts below wait until one of them is used.",
    manage: "Manage personalities",
    failed: "The bot answers as before",
  },
  fr: {
    label: "Le bot répond selon",
    own: "Sa propre consigne : {{name}}",
    default: "Celle par défaut de l’espace : {{name}}",
    shared: "Personnalité : {{name}}",
    "hint.own": "Les personnalités de l’espace attendent tant qu’une consigne du bot est utilisée.",
    "hint.shared": "Les consignes ci-dessous attendent que l’une d’elles soit utilisée.",
    manage: "Gérer les personnalités",
    failed: "Le bot répond comme avant",
  },
  ar: {
    label: "يجيب البوت وفق",
    own: "تعليماته الخاصة: {{name}}",
    default: "افتراضية مساحة العمل: {{name}}",
    shared: "الشخصية: {{name}}",
    "hint.own": "تنتظر شخصيات مساحة العمل ما دامت تعليمات خاصة بالبوت مستخدمة.",
    "hint.shared": "تنتظر التعليمات أدناه حتى تُستخدم إحداها.",
    manage: "إدارة الشخصيات",
    failed: "يجيب البوت كما كان",
  },
});
