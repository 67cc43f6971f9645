interface Facts {
  person: string;
  /** Empty where it is unknown. */
  device: string;
  address: string;
  time: string;
  /** Where the password is changed. */
  link: string;
}

/** Tells a person of a sign-in from where they never were, in their own language. */
export const newDeviceMail = {
  en: ({ person, device, address, time, link }: Facts) => ({
    subject: "New sign-in to your Parlance account",
    text: `Hello ${person},

somebody signed in to your account from a device that was not used before:

Device: ${device || "unknown"}
Address: ${address || "unknown"}
Time: ${time}

If it was you, there is nothing to do. If it was not, change your password at once, which ends all other sessions:

${link}`,
  }),
  fr: ({ person, device, address, time, link }: Facts) => ({
    subject: "Nouvelle connexion à votre compte Parlance",
    text: `Bonjour ${person},

quelqu’un s’est connecté à votre compte depuis un appareil qui n’avait jamais servi :

Appareil : ${device || "inconnu"}
Adresse : ${address || "inconnue"}
Heure : ${time}

Si c’était vous, il n’y a rien à faire. Sinon, changez tout de suite votre mot de passe, ce qui ferme toutes les autres sessions :

${link}`,
  }),
  ar: ({ person, device, address, time, link }: Facts) => ({
    subject: "تسجيل دخول جديد إلى حسابك في Parlance",
    text: `مرحبًا ${person}،

سجّل أحدهم الدخول إلى حسابك من جهاز لم يُستعمل من قبل:

الجهاز: ${device || "غير معروف"}
العنوان: ${address || "غير معروف"}
الوقت: ${time}

إن كنت أنت، فلا شيء عليك. وإن لم تكن، فغيّر كلمة مرورك حالًا، وهذا ينهي كل الجلسات الأخرى:

${link}`,
  }),
};
