import { defineStrings } from "../../lib/i18n.ts";

export const botDialogStrings = defineStrings("botDialogs", {
  en: {
    "delete.title": "Delete “{{name}}”?",
    "delete.text":
      "Its documents, prompts and widget are deleted for good, and pages that embed the widget stop answering. Conversations are kept.",
    "delete.action": "Delete bot",
    "delete.done": "“{{name}}” was deleted",
    "create.title": "New bot",
    "create.text": "You can change all of it later. Next you give it documents.",
    "create.blank": "A plain prompt and settings that suit most documents.",
    "create.name": "Name",
    "create.namePlaceholder": "Support for the shop",
    "create.nameMissing": "Give it a name that your colleagues will recognise.",
    "create.description": "Description (optional)",
    "create.descriptionPlaceholder": "What it answers, and for whom",
    "create.action": "Create bot",
  },
  fr: {
    "delete.title": "Supprimer « {{name}} » ?",
    "delete.text":
      "Ses documents, consignes et widget sont supprimés définitivement, et les pages qui intègrent le widget cessent de répondre. Les conversations sont conservées.",
    "delete.action": "Supprimer le bot",
    "delete.done": "« {{name}} » a été supprimé",
    "create.title": "Nouveau bot",
    "create.text": "Vous pourrez tout modifier plus tard. Ensuite, vous lui donnez des documents.",
    "create.blank": "Une consigne simple et des réglages qui conviennent à la plupart des documents.",
    "create.name": "Nom",
    "create.namePlaceholder": "Assistance de la boutique",
    "create.nameMissing": "Donnez-lui un nom que vos collègues reconnaîtront.",
    "create.description": "Description (facultatif)",
    "create.descriptionPlaceholder": "À quoi il répond, et pour qui",
    "create.action": "Créer le bot",
  },
  ar: {
    "delete.title": "حذف «{{name}}»؟",
    "delete.text":
      "تُحذف مستنداته وتعليماته وأداته نهائيًا، وتتوقف الصفحات التي تضم الأداة عن الإجابة. تبقى المحادثات محفوظة.",
    "delete.action": "حذف البوت",
    "delete.done": "تم حذف «{{name}}»",
    "create.title": "بوت جديد",
    "create.text": "يمكنك تغيير كل شيء لاحقًا. بعد ذلك تعطيه المستندات.",
    "create.blank": "تعليمات بسيطة وإعدادات تناسب معظم المستندات.",
    "create.name": "الاسم",
    "create.namePlaceholder": "دعم المتجر",
    "create.nameMissing": "أعطه اسمًا يعرفه زملاؤك.",
    "create.description": "الوصف (اختياري)",
    "create.descriptionPlaceholder": "عمّ يجيب، ولمن",
    "create.action": "إنشاء البوت",
  },
});
