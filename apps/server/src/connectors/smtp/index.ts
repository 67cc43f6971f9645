import { createTransport } from "nodemailer";
import { AppError } from "../../platform/errors/index.ts";
import type { Mailer } from "../../ports/index.ts";

/** Milliseconds that a mail server may be silent. */
const patience = 15_000;

/** No mail server: callers show a link to copy where that is safe, and say so where it is not. */
export const noMailer: Mailer = {
  canSend: false,
  send: async () => {
    throw new AppError("UNAVAILABLE", "This installation has no mail server. Its operator sets SMTP_URL.");
  },
  close() {},
};

/** Sends by an SMTP server: `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://…:465`. */
export function connectSmtp({ url, from }: { url: string; from: string }): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    // a mail is text that we wrote: nothing in it names a file or an address to fetch
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.replace(/^.*@/, "").replace(/>.*$/, "");
  return {
    canSend: true,
    async send({ id, to, subject, text }) {
      try {
        await transport.sendMail({
          from,
          to: { name: "", address: to }, // never read as a list of addresses
          subject,
          text,
          messageId: `<${id}@${domain}>`,
          headers: { "auto-submitted": "auto-generated" },
        });
      } catch (error) {
        const reason = error instanceof Error ? error.message : "no reason given";
        throw new AppError("UPSTREAM_FAILED", `The mail server did not take the mail: ${reason}`, {
          cause: error,
        });
      }
    },
    close: () => transport.close(),
  };
}
