type Words = { subject: string; text: string };

/** The mail that holds a code, in the customer's language where that is one of ours. */
export function codeMail(
  locale: string | null,
  { code, workspace }: { code: string; workspace: string },
): Words {
  const name = lineOf(workspace, 100);
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
  return mails[languageOf(locale)] ?? english;
}

/** The same for a phone. The code comes first: previews show no more. */
export function codeText(
  locale: string | null,
  { code, workspace }: { code: string; workspace: string },
): string {
  const name = lineOf(workspace, 40);
  const english = `${code} is your code for ${name}. It works for 10 minutes.`;
  const texts: Record<string, string> = {
    en: english,
    fr: `${code} est votre code pour ${name}. Il est valable 10 minutes.`,
    ar: `${code} هو رمزك لدى ${name}. يعمل لمدة 10 دقائق.`,
  };
  return texts[languageOf(locale)] ?? english;
}

const lineOf = (text: string, length: number) => text.replaceAll(/[\r\n]+/g, " ").slice(0, length);
const languageOf = (locale: string | null) => (locale ?? "en").slice(0, 2).toLowerCase();
