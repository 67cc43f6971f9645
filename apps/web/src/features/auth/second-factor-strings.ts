import { defineStrings } from "../../lib/i18n.ts";

export const secondFactorStrings = defineStrings("secondFactor", {
  en: {
    title: "One more step",
    text: "Enter the code that your authenticator app shows now.",
    code: "Code",
    "code.hint": "Six digits; or one of your backup codes.",
    "code.missing": "Enter the six digits of the app, or a backup code.",
    "code.wrong": "This code is not right, or was used already. Wait for the next one.",
    trust: "Ask for no code in this browser for 30 days",
    action: "Go on",
    signOut: "Sign out",
  },
  fr: {
    title: "Encore une étape",
    text: "Saisissez le code que votre application d’authentification affiche en ce moment.",
    code: "Code",
    "code.hint": "Six chiffres, ou l’un de vos codes de secours.",
    "code.missing": "Saisissez les six chiffres de l’application, ou un code de secours.",
    "code.wrong": "Ce code n’est pas le bon, ou a déjà servi. Attendez le suivant.",
    trust: "Ne plus demander de code dans ce navigateur pendant 30 jours",
    action: "Continuer",
    signOut: "Se déconnecter",
  },
  ar: {
    title: "خطوة أخرى",
    text: "أدخل الرمز الذي يظهر الآن في تطبيق المصادقة.",
    code: "الرمز",
    "code.hint": "ستة أرقام، أو أحد رموزك الاحتياطية.",
    "code.missing": "أدخل أرقام التطبيق الستة، أو رمزًا احتياطيًا.",
    "code.wrong": "هذا الرمز غير صحيح، أو استُخدم من قبل. انتظر الرمز التالي.",
    trust: "لا تطلب رمزًا في هذا المتصفح لمدة 30 يومًا",
    action: "متابعة",
    signOut: "تسجيل الخروج",
  },
});
