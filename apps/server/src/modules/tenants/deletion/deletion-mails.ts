import type { SignedCertificate } from "../tenants.schema.ts";
import { deletionWords, type MailLanguage } from "./deletion.strings.ts";

const oneLine = (text: string) => text.replaceAll(/[\r\n]+/g, " ").slice(0, 100);
const paragraphs = ({ subject, text }: { subject: string; text: string[] }) => ({
  subject,
  text: text.join("\n\n"),
});

export function requestedMail(
  language: MailLanguage,
  { workspace, dueAt, publicUrl }: { workspace: string; dueAt: Date; publicUrl: string },
) {
  const day = dueAt.toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });
  return paragraphs(deletionWords[language].requested({ name: oneLine(workspace), day, publicUrl }));
}

export function cancelledMail(language: MailLanguage, { workspace }: { workspace: string }) {
  return paragraphs(deletionWords[language].cancelled({ name: oneLine(workspace) }));
}

export function certificateMail(
  language: MailLanguage,
  { certificate, signature, publicUrl }: SignedCertificate & { publicUrl: string },
) {
  const keys = `${publicUrl}/api/deletion-certificates/keys`;
  const { subject, what, signed } = deletionWords[language].certificate({ keys });
  return paragraphs({ subject, text: [what, JSON.stringify(certificate, null, 2), signed, signature] });
}
