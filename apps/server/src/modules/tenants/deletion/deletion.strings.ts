interface DeletionWords {
  requested(of: { name: string; day: string; publicUrl: string }): { subject: string; text: string[] };
  cancelled(of: { name: string }): { subject: string; text: string[] };
  certificate(of: { keys: string }): { subject: string; what: string; signed: string };
}

export type MailLanguage = "en" | "fr" | "ar";

/** Mails about a deletion, to each owner in their own language. */
export const deletionWords: Record<MailLanguage, DeletionWords> = {
  en: {
    requested: ({ name, day, publicUrl }) => ({
      subject: `The workspace "${name}" will be deleted on ${day}`,
      text: [
        `An owner asked for the deletion of the workspace "${name}".`,
        `It is shut now. On ${day} everything in it goes for good: bots, documents, conversations, members, keys.`,
        `Until then an owner can keep it: sign in at ${publicUrl}/ and choose "Keep the workspace".`,
        "If this was not you, keep the workspace and change your password.",
      ],
    }),
    cancelled: ({ name }) => ({
      subject: `The workspace "${name}" will not be deleted`,
      text: [
        `An owner cancelled the deletion of the workspace "${name}". It is open again, with everything in it.`,
      ],
    }),
    certificate: ({ keys }) => ({
      subject: "Certificate: your workspace was deleted",
      what: "The workspace whose deletion you asked for is gone, with all that was in it. Keep this certificate: it says what was deleted and when. It names nobody; the workspace's id stands in it as its SHA-256.",
      signed: `Signed (JSON Web Signature, to be checked with the key at ${keys}):`,
    }),
  },
  fr: {
    requested: ({ name, day, publicUrl }) => ({
      subject: `L’espace de travail « ${name} » sera supprimé le ${day}`,
      text: [
        `Un propriétaire a demandé la suppression de l’espace de travail « ${name} ».`,
        `Il est fermé dès maintenant. Le ${day}, tout ce qu’il contient disparaît pour de bon : bots, documents, conversations, membres, clés.`,
        `D’ici là, un propriétaire peut le garder : connectez-vous sur ${publicUrl}/ et choisissez « Garder l’espace de travail ».`,
        "Si ce n’était pas vous, gardez l’espace de travail et changez votre mot de passe.",
      ],
    }),
    cancelled: ({ name }) => ({
      subject: `L’espace de travail « ${name} » ne sera pas supprimé`,
      text: [
        `Un propriétaire a annulé la suppression de l’espace de travail « ${name} ». Il est de nouveau ouvert, avec tout ce qu’il contient.`,
      ],
    }),
    certificate: ({ keys }) => ({
      subject: "Certificat : votre espace de travail a été supprimé",
      what: "L’espace de travail dont vous avez demandé la suppression a disparu, avec tout ce qu’il contenait. Gardez ce certificat : il dit ce qui a été supprimé, et quand. Il ne nomme personne ; l’identifiant de l’espace de travail y figure par son SHA-256.",
      signed: `Signature (JSON Web Signature, à vérifier avec la clé à l’adresse ${keys}) :`,
    }),
  },
  ar: {
    requested: ({ name, day, publicUrl }) => ({
      subject: `ستُحذف مساحة العمل «${name}» في ${day}`,
      text: [
        `طلب أحد المالكين حذف مساحة العمل «${name}».`,
        `هي مغلقة من الآن. في ${day} يُحذف كل ما فيها نهائيًا: البوتات والمستندات والمحادثات والأعضاء والمفاتيح.`,
        `حتى ذلك اليوم يستطيع أحد المالكين الإبقاء عليها: سجّل الدخول في ${publicUrl}/ واختر الإبقاء على مساحة العمل.`,
        "إن لم تكن أنت من طلب ذلك فأبقِ مساحة العمل وغيّر كلمة المرور.",
      ],
    }),
    cancelled: ({ name }) => ({
      subject: `لن تُحذف مساحة العمل «${name}»`,
      text: [`ألغى أحد المالكين حذف مساحة العمل «${name}». هي مفتوحة من جديد بكل ما فيها.`],
    }),
    certificate: ({ keys }) => ({
      subject: "شهادة: حُذفت مساحة عملك",
      what: "حُذفت مساحة العمل التي طلبتم حذفها بكل ما كان فيها. احتفظ بهذه الشهادة: تقول ما حُذف ومتى. لا تسمّي أحدًا، ويرد فيها معرّف مساحة العمل في صورة SHA-256.",
      signed: `التوقيع (JSON Web Signature، يُتحقق منه بالمفتاح في ${keys}):`,
    }),
  },
};
