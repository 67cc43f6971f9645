import { defineStrings } from "../../lib/i18n.ts";

export const secondFactorStrings = defineStrings("secondFactor", {
  en: {
    title: "One more step",
    text: "Enter the code that your authenticator app shows now.",
    code: "Code",
    "code.hint": "Six digits; or one of your backup codes.",
    "code.missing": "Enter the six digits of the app, or a backup code.",
    trust: "Ask for no code in this browser for 30 days",
    action: "Go on",
    passkey: "Use a passkey instead",
    "passkey.failed": "This passkey was not accepted. Try again, or enter a code.",
    "setUp.title": "Your workspace asks for a second step",
    "setUp.text":
      "{{workspace}} wants every member to sign in with two-step verification. Set it up now; it takes a minute.",
    signOut: "Sign out",
  },
  fr: {
    title: "Encore une étape",
    text: "Saisissez le code que votre application d’authentification affiche en ce moment.",
    code: "Code",
    "code.hint": "Six chiffres, ou l’un de vos codes de secours.",
    "code.missing": "Saisissez les six chiffres de l’application, ou un code de secours.",
    trust: "Ne plus demander de code dans ce navigateur pendant 30 jours",
    action: "Continuer",
    passkey: "Utiliser plutôt une clé d’accès",
    "passkey.failed": "Cette clé d’accès n’a pas été acceptée. Réessayez, ou saisissez un code.",
    "setUp.title": "Votre espace de travail demande une seconde étape",
    "setUp.text":
      "{{workspace}} veut que chaque membre se connecte avec la vérification en deux étapes. Configurez-la maintenant ; cela prend une minute.",
    signOut: "Se déconnecter",
  },
  ar: {
    title: "خطوة أخرى",
    text: "أدخل الرمز الذي يظهر الآن في تطبيق المصادقة.",
    code: "الرمز",
    "code.hint": "ستة أرقام، أو أحد رموزك الاحتياطية.",
    "code.missing": "أدخل أرقام التطبيق الستة، أو رمزًا احتياطيًا.",
    trust: "لا تطلب رمزًا في هذا المتصفح لمدة 30 يومًا",
    action: "متابعة",
    passkey: "استخدم مفتاح مرور بدلًا من ذلك",
    "passkey.failed": "لم يُقبل مفتاح المرور هذا. حاول من جديد، أو أدخل رمزًا.",
    "setUp.title": "مساحة عملك تطلب خطوة ثانية",
    "setUp.text": "تريد {{workspace}} أن يسجّل كل عضو دخوله بالتحقق بخطوتين. هيّئه الآن؛ لا يستغرق إلا دقيقة.",
    signOut: "تسجيل الخروج",
  },
});
