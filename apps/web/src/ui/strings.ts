import { defineStrings } from "../lib/i18n.ts";

export const uiStrings = defineStrings("ui", {
  en: {
    cancel: "Cancel",
    close: "Close",
    retry: "Try again",
    loading: "Loading",
    offline: "The server cannot be reached. Check the connection; nothing that you typed is lost.",
    "offline.title": "No connection",
    "failed.title": "This could not be loaded",
    unexpected: "The server could not do this just now. Try again in a moment.",
    notifications: "Notifications",
  },
  fr: {
    cancel: "Annuler",
    close: "Fermer",
    retry: "Réessayer",
    loading: "Chargement",
    offline:
      "Le serveur est injoignable. Vérifiez la connexion ; rien de ce que vous avez saisi n’est perdu.",
    "offline.title": "Pas de connexion",
    "failed.title": "Chargement impossible",
    unexpected: "Le serveur n’a pas pu le faire pour l’instant. Réessayez dans un moment.",
    notifications: "Notifications",
  },
  ar: {
    cancel: "إلغاء",
    close: "إغلاق",
    retry: "إعادة المحاولة",
    loading: "جارٍ التحميل",
    offline: "تعذّر الوصول إلى الخادم. تحقّق من الاتصال؛ لم يضِع شيء مما كتبته.",
    "offline.title": "لا يوجد اتصال",
    "failed.title": "تعذّر التحميل",
    unexpected: "لم يتمكّن الخادم من ذلك الآن. أعد المحاولة بعد لحظة.",
    notifications: "الإشعارات",
  },
});
