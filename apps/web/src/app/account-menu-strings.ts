import { defineStrings } from "../lib/i18n.ts";

export const accountMenuStrings = defineStrings("accountMenu", {
  en: {
    settings: "Account settings",
    switch: "Go to {{name}}",
    "switch.failed": "You are still in {{name}}",
    signOut: "Sign out",
    "signOut.failed": "Signing out did not work",
    "signOut.kept": "You are still signed in. Check the connection and try again.",
    "theme.system": "Theme of the system",
    "theme.light": "Light theme",
    "theme.dark": "Dark theme",
  },
  fr: {
    settings: "Réglages du compte",
    switch: "Aller à {{name}}",
    "switch.failed": "Vous êtes toujours dans {{name}}",
    signOut: "Se déconnecter",
    "signOut.failed": "La déconnexion n’a pas abouti",
    "signOut.kept": "Vous êtes toujours connecté. Vérifiez la connexion et réessayez.",
    "theme.system": "Thème du système",
    "theme.light": "Thème clair",
    "theme.dark": "Thème sombre",
  },
  ar: {
    settings: "إعدادات الحساب",
    switch: "الانتقال إلى {{name}}",
    "switch.failed": "ما زلت في {{name}}",
    signOut: "تسجيل الخروج",
    "signOut.failed": "لم يتم تسجيل الخروج",
    "signOut.kept": "ما زلت مسجَّل الدخول. تحقّق من الاتصال وأعد المحاولة.",
    "theme.system": "مظهر النظام",
    "theme.light": "المظهر الفاتح",
    "theme.dark": "المظهر الداكن",
  },
});
