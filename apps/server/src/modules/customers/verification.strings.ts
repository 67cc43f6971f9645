type Words = { subject: string; text: string };

/** The mail that holds a code, in the customer's language where that is one of ours. */
export function codeMail(
  locale: string | null,
  { code, workspace }: { code: string; workspace: string },
): Words {
  const name = workspace.replaceAll(/[\r\n]+/g, " ").slice(0, 100);
  const mails: Record<string, Words> = {
    en: {
      subject: `${name}: your code is ${code}`,
      text: `Your code for ${name}:\n\n${code}\n\nIt works for 10 minutes. If nobody at ${name} asked you for it, ignore this mail.`,
    },
    fr: {
      subject: `${name} : votre code est ${code}`,
      text: `Votre code pour ${name} :\n\n${code}\n\nIl est valable 10 minutes. Si personne chez ${name} ne vous l’a demandé, ignorez ce message.`,
    },
    ar: {
      subject: `${name}: رمزك هو ${code}`,
      text: `رمزك لدى ${name}:\n\n${code}\n\nيعمل لمدة 10 دقائق. إذا لم يطلبه منك أحد من ${name} فتجاهل هذه الرسالة.`,
    },
  };
  const english = mails.en ?? { subject: code, text: code };
  return mails[(locale ?? "en").slice(0, 2).toLowerCase()] ?? english;
}
