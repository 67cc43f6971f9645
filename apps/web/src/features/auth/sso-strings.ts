import { defineStrings } from "../../lib/i18n.ts";

export const ssoStrings = defineStrings("auth.sso", {
  en: {
    title: "Single sign-on",
    text: "Enter your work email. You go on at your company’s sign-in page.",
    email: "Work email",
    action: "Continue",
    none: "There is no single sign-on for {{domain}}. Sign in another way, or ask whoever manages your workspace.",
    back: "Sign in another way",
    "refused.NOT_AVAILABLE":
      "Single sign-on is switched off for your workspace, or its domain is no longer proven. Ask whoever manages its sign-in.",
    "refused.PROVIDER_FAILED":
      "Your company’s sign-in service did not answer as it should. Try again in a few minutes, or tell whoever manages it.",
    "refused.PROVIDER_REFUSED":
      "Your company’s sign-in service did not let you in. You may have said no, or lack access to Parlance there.",
    "refused.NOT_BEGUN_HERE":
      "This sign-in was begun in another browser, took too long, or was finished already. Begin again here.",
    "refused.NOT_TRUSTED":
      "The answer of your company’s sign-in service could not be trusted. Begin again; if it happens again, tell whoever manages it.",
    "refused.NO_ADDRESS":
      "Your company’s sign-in service told us no confirmed email address of yours. Tell whoever manages it.",
    "refused.OTHER_DOMAIN":
      "You signed in with an address outside your workspace’s domain. Choose your work account there.",
    "refused.ACCOUNT_NOT_CONFIRMED":
      "There is an account with your address whose owner never confirmed it. Confirm the address first: sign in another way, or set a new password.",
    "refused.MEMBERSHIP_ENDED":
      "Your membership in this workspace was ended. Ask whoever manages its members.",
    "refused.ACCOUNT_SUSPENDED": "This account is suspended. Ask whoever runs this installation.",
    "refused.WORKSPACE_SUSPENDED": "This workspace is suspended. Ask whoever runs this installation.",
    "refused.other": "You were not signed in. Begin again.",
  },
  fr: {
    title: "Authentification unique",
    text: "Saisissez votre e-mail professionnel. Vous continuez sur la page de connexion de votre entreprise.",
    email: "E-mail professionnel",
    action: "Continuer",
    none: "Il n’y a pas d’authentification unique pour {{domain}}. Connectez-vous autrement, ou adressez-vous à la personne qui gère votre espace.",
    back: "Se connecter autrement",
    "refused.NOT_AVAILABLE":
      "L’authentification unique est désactivée pour votre espace, ou son domaine n’est plus prouvé. Adressez-vous à la personne qui en gère la connexion.",
    "refused.PROVIDER_FAILED":
      "Le service de connexion de votre entreprise n’a pas répondu correctement. Réessayez dans quelques minutes, ou prévenez la personne qui le gère.",
    "refused.PROVIDER_REFUSED":
      "Le service de connexion de votre entreprise ne vous a pas laissé entrer. Vous avez peut-être refusé, ou vous n’y avez pas accès à Parlance.",
    "refused.NOT_BEGUN_HERE":
      "Cette connexion a commencé dans un autre navigateur, a duré trop longtemps ou est déjà terminée. Recommencez ici.",
    "refused.NOT_TRUSTED":
      "La réponse du service de connexion de votre entreprise n’est pas digne de confiance. Recommencez ; si cela se reproduit, prévenez la personne qui le gère.",
    "refused.NO_ADDRESS":
      "Le service de connexion de votre entreprise ne nous a communiqué aucune adresse e-mail confirmée. Prévenez la personne qui le gère.",
    "refused.OTHER_DOMAIN":
      "Vous vous êtes connecté avec une adresse hors du domaine de votre espace. Choisissez-y votre compte professionnel.",
    "refused.ACCOUNT_NOT_CONFIRMED":
      "Il existe un compte avec votre adresse que son propriétaire n’a jamais confirmée. Confirmez d’abord l’adresse : connectez-vous autrement, ou définissez un nouveau mot de passe.",
    "refused.MEMBERSHIP_ENDED":
      "Votre participation à cet espace a pris fin. Adressez-vous à la personne qui en gère les membres.",
    "refused.ACCOUNT_SUSPENDED":
      "Ce compte est suspendu. Adressez-vous à la personne qui gère cette installation.",
    "refused.WORKSPACE_SUSPENDED":
      "Cet espace est suspendu. Adressez-vous à la personne qui gère cette installation.",
    "refused.other": "Vous n’avez pas été connecté. Recommencez.",
  },
  ar: {
    title: "تسجيل الدخول الموحّد",
    text: "أدخل بريد عملك. تتابع في صفحة تسجيل الدخول الخاصة بشركتك.",
    email: "بريد العمل",
    action: "متابعة",
    none: "لا يوجد تسجيل دخول موحّد للنطاق {{domain}}. سجّل الدخول بطريقة أخرى، أو اسأل من يدير مساحة عملك.",
    back: "تسجيل الدخول بطريقة أخرى",
    "refused.NOT_AVAILABLE":
      "تسجيل الدخول الموحّد متوقف لمساحة عملك، أو لم يعد نطاقها مثبتًا. اسأل من يدير تسجيل الدخول فيها.",
    "refused.PROVIDER_FAILED":
      "لم تجب خدمة تسجيل الدخول في شركتك كما ينبغي. أعد المحاولة بعد دقائق، أو أخبر من يديرها.",
    "refused.PROVIDER_REFUSED":
      "لم تسمح لك خدمة تسجيل الدخول في شركتك بالدخول. ربما رفضت، أو ليس لك وصول إلى Parlance هناك.",
    "refused.NOT_BEGUN_HERE":
      "بدأ تسجيل الدخول هذا في متصفح آخر، أو استغرق وقتًا طويلًا، أو انتهى من قبل. ابدأ من جديد هنا.",
    "refused.NOT_TRUSTED":
      "تعذّر الوثوق بإجابة خدمة تسجيل الدخول في شركتك. ابدأ من جديد؛ وإن تكرر ذلك فأخبر من يديرها.",
    "refused.NO_ADDRESS": "لم تخبرنا خدمة تسجيل الدخول في شركتك بأي بريد مؤكَّد لك. أخبر من يديرها.",
    "refused.OTHER_DOMAIN": "سجّلت الدخول بعنوان خارج نطاق مساحة عملك. اختر حساب عملك هناك.",
    "refused.ACCOUNT_NOT_CONFIRMED":
      "يوجد حساب بعنوانك لم يؤكده صاحبه قط. أكّد العنوان أولًا: سجّل الدخول بطريقة أخرى، أو عيّن كلمة مرور جديدة.",
    "refused.MEMBERSHIP_ENDED": "انتهت عضويتك في مساحة العمل هذه. اسأل من يدير أعضاءها.",
    "refused.ACCOUNT_SUSPENDED": "هذا الحساب موقوف. اسأل من يدير هذا التثبيت.",
    "refused.WORKSPACE_SUSPENDED": "مساحة العمل هذه موقوفة. اسأل من يدير هذا التثبيت.",
    "refused.other": "لم يُسجَّل دخولك. ابدأ من جديد.",
  },
});
