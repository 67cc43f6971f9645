import { defineStrings } from "../../../lib/i18n.ts";

export const signedIdentityStrings = defineStrings("settings.signedIdentity", {
  en: {
    title: "Signed identity",
    text: "Your site can say who is signed in there, so that a visitor is known from the first word and finds their conversation in every browser. Your server signs it; what is not signed is not believed.",
    none: "There is no secret yet. Make one to begin.",
    since: "The secret was made",
    make: "Make the secret",
    "make.title": "Make the identity secret?",
    "make.text":
      "It is shown once. Keep it on your server: whoever has it can write as any of your customers.",
    rotate: "Make a new secret",
    "rotate.title": "Make a new identity secret?",
    "rotate.text":
      "It is shown once. What is signed with the present one is believed for another day, so that you can change it on your server.",
    "secret.title": "Your identity secret",
    "secret.text": "Copy it to your server now. It is not shown again.",
    "secret.label": "Identity secret",
    "secret.done": "I have copied it",
    server: "On your server",
    "server.text":
      "On your server, with Node. Any library for JSON Web Tokens (HS256) does the same. It expires after five minutes.",
    page: "On your page",
    "page.text": "On your page, with what your server signed:",
  },
  fr: {
    title: "Identité signée",
    text: "Votre site peut dire qui y est connecté : un visiteur est alors connu dès le premier mot et retrouve sa conversation dans chaque navigateur. Votre serveur signe ; ce qui n’est pas signé n’est pas cru.",
    none: "Il n’y a pas encore de secret. Créez-en un pour commencer.",
    since: "Le secret a été créé",
    make: "Créer le secret",
    "make.title": "Créer le secret d’identité ?",
    "make.text":
      "Il n’est montré qu’une fois. Gardez-le sur votre serveur : qui le possède peut écrire au nom de n’importe lequel de vos clients.",
    rotate: "Créer un nouveau secret",
    "rotate.title": "Créer un nouveau secret d’identité ?",
    "rotate.text":
      "Il n’est montré qu’une fois. Ce qui est signé avec l’actuel est encore cru un jour, le temps de le changer sur votre serveur.",
    "secret.title": "Votre secret d’identité",
    "secret.text": "Copiez-le maintenant sur votre serveur. Il ne sera plus montré.",
    "secret.label": "Secret d’identité",
    "secret.done": "Je l’ai copié",
    server: "Sur votre serveur",
    "server.text":
      "Sur votre serveur, avec Node. Toute bibliothèque de JSON Web Tokens (HS256) fait de même. La signature expire après cinq minutes.",
    page: "Sur votre page",
    "page.text": "Sur votre page, avec ce que votre serveur a signé :",
  },
  ar: {
    title: "الهوية الموقّعة",
    text: "يمكن لموقعك أن يقول من سجّل الدخول إليه، فيُعرف الزائر من أول كلمة ويجد محادثته في كل متصفح. خادمك هو الذي يوقّع، وما لم يوقَّع لا يُصدَّق.",
    none: "لا سر بعد. أنشئ واحدًا لتبدأ.",
    since: "أُنشئ السر",
    make: "إنشاء السر",
    "make.title": "إنشاء سر الهوية؟",
    "make.text": "يُعرض مرة واحدة. احفظه على خادمك: من يملكه يستطيع الكتابة باسم أي من عملائك.",
    rotate: "إنشاء سر جديد",
    "rotate.title": "إنشاء سر هوية جديد؟",
    "rotate.text": "يُعرض مرة واحدة. يظل ما وُقّع بالسر الحالي مقبولًا يومًا آخر كي تغيّره على خادمك.",
    "secret.title": "سر الهوية",
    "secret.text": "انسخه إلى خادمك الآن. لن يُعرض مرة أخرى.",
    "secret.label": "سر الهوية",
    "secret.done": "نسخته",
    server: "على خادمك",
    "server.text":
      "على خادمك، باستخدام Node. أي مكتبة لرموز JSON Web Token ‏(HS256) تفعل الشيء نفسه. تنتهي صلاحيته بعد خمس دقائق.",
    page: "على صفحتك",
    "page.text": "على صفحتك، مع ما وقّعه خادمك:",
  },
});
