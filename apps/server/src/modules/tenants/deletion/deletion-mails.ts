import type { SignedCertificate } from "../tenants.schema.ts";

/* Mails about a deletion, in English: they go to several owners, whose languages nobody knows. */

const oneLine = (text: string) => text.replaceAll(/[\r\n]+/g, " ").slice(0, 100);

export function requestedMail(input: { workspace: string; dueAt: Date; publicUrl: string }) {
  const name = oneLine(input.workspace);
  const day = input.dueAt.toISOString().slice(0, 10);
  return {
    subject: `The workspace "${name}" will be deleted on ${day}`,
    text: [
      `An owner asked for the deletion of the workspace "${name}".`,
      `It is shut now. On ${day} everything in it goes for good: bots, documents, conversations, members, keys.`,
      `Until then an owner can keep it: sign in at ${input.publicUrl}/ and choose "Keep the workspace".`,
      "If this was not you, keep the workspace and change your password.",
    ].join("\n\n"),
  };
}

export function cancelledMail(input: { workspace: string }) {
  const name = oneLine(input.workspace);
  return {
    subject: `The workspace "${name}" will not be deleted`,
    text: `An owner cancelled the deletion of the workspace "${name}". It is open again, with everything in it.`,
  };
}

export function certificateMail(input: SignedCertificate & { publicUrl: string }) {
  return {
    subject: "Certificate: your workspace was deleted",
    text: [
      "The workspace whose deletion you asked for is gone, with all that was in it. Keep this certificate: it says what was deleted and when. It names nobody; the workspace's id stands in it as its SHA-256.",
      JSON.stringify(input.certificate, null, 2),
      `Signed (JSON Web Signature, to be checked with the key at ${input.publicUrl}/api/deletion-certificates/keys):`,
      input.signature,
    ].join("\n\n"),
  };
}
