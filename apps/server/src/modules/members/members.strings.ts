interface Words {
  tenant: string;
  inviter: string;
  role: string;
  link: string;
  days: number;
}

/** The mail that an invitation is sent by, in the tenant's language. */
export const invitationMail = {
  en: ({ tenant, inviter, role, link, days }: Words) => ({
    subject: `${inviter} invites you to ${tenant}`,
    text: `Hello,

${inviter} invites you to work in “${tenant}” on Parlance, as ${role}.

Accept the invitation here, within ${days} days:
${link}

The link is for this address alone and works once. If you do not know who sent it, do nothing.
`,
  }),
  fr: ({ tenant, inviter, role, link, days }: Words) => ({
    subject: `${inviter} vous invite dans ${tenant}`,
    text: `Bonjour,

${inviter} vous invite à travailler dans « ${tenant} » sur Parlance, avec le rôle ${role}.

Acceptez l’invitation ici, dans les ${days} jours :
${link}

Le lien est réservé à cette adresse et ne sert qu’une fois. Si vous ne savez pas qui l’a envoyé, ignorez-le.
`,
  }),
  ar: ({ tenant, inviter, role, link, days }: Words) => ({
    subject: `${inviter} يدعوك إلى ${tenant}`,
    text: `مرحبًا،

يدعوك ${inviter} إلى العمل في «${tenant}» على Parlance بدور ${role}.

اقبل الدعوة من هنا خلال ${days} أيام:
${link}

الرابط لهذا العنوان وحده ويعمل مرة واحدة. إن كنت لا تعرف من أرسله فلا تفعل شيئًا.
`,
  }),
} as const;

/** The product's roles as people read them; a tenant's own have a name in its own words. */
export const roleWords = {
  en: {
    owner: "owner",
    admin: "administrator",
    contentEditor: "content editor",
    agent: "agent",
    member: "member",
  },
  fr: {
    owner: "propriétaire",
    admin: "administrateur",
    contentEditor: "éditeur de contenu",
    agent: "agent",
    member: "membre",
  },
  ar: { owner: "مالك", admin: "مسؤول", contentEditor: "محرر محتوى", agent: "موظف دعم", member: "عضو" },
} as const satisfies Record<string, Record<string, string>>;
