import type { Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { vi } from "vitest";

export interface ReceivedMail {
  to: string;
  from: string;
  subject: string;
  /** The body with its transfer encoding undone. */
  text: string;
  messageId: string;
}

export interface MailServer {
  /** For `SMTP_URL`. */
  url: string;
  mails: ReceivedMail[];
  /** How many of the next mails are refused for now (451), as a server does that is too busy. */
  refuseNext: number;
  /** The first mail to an address that was not yet waited for, once it is there. */
  waitFor(to: string): Promise<ReceivedMail>;
  close(): Promise<void>;
}

/** A mail server on a free port that keeps what it gets. */
export async function startMailServer(): Promise<MailServer> {
  const seen = new Set<ReceivedMail>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        if (fake.refuseNext > 0) {
          fake.refuseNext -= 1;
          done(Object.assign(new Error("Busy. Try again."), { responseCode: 451 }));
          return;
        }
        const raw = Buffer.concat(parts).toString("utf8");
        for (const { address } of session.envelope.rcptTo) fake.mails.push(readMail(raw, address));
        done();
      });
    },
  });
  const sockets = new Set<Socket>();
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("The mail server has no port.");
  const fake: MailServer = {
    url: `smtp://127.0.0.1:${address.port}`,
    mails: [],
    refuseNext: 0,
    waitFor: (to) =>
      vi.waitFor(
        () => {
          const mail = fake.mails.find((candidate) => candidate.to === to && !seen.has(candidate));
          if (!mail) throw new Error(`There is no mail to ${to}.`);
          seen.add(mail);
          return mail;
        },
        { timeout: 10_000, interval: 20 },
      ),
    close() {
      for (const socket of sockets) socket.destroy(); // a pooled sender keeps its line open, and would be waited for
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return fake;
}

/** The first link in a mail. */
export function linkIn({ text }: ReceivedMail): URL {
  const [link] = /https?:\/\/\S+/.exec(text) ?? [];
  if (!link) throw new Error(`There is no link in: ${text}`);
  return new URL(link);
}

function readMail(raw: string, to: string): ReceivedMail {
  const [head = "", ...rest] = raw.split("\r\n\r\n");
  const headers = head.replace(/\r\n[ \t]+/g, " ");
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(headers)?.[1]?.trim() ?? "";
  const body = rest.join("\r\n\r\n");
  return {
    to,
    from: header("from"),
    subject: decodeWords(header("subject")),
    text: decodeBody(body, header("content-transfer-encoding")),
    messageId: header("message-id"),
  };
}

function decodeBody(body: string, encoding: string): string {
  if (/^base64$/i.test(encoding)) return Buffer.from(body, "base64").toString("utf8");
  if (!/^quoted-printable$/i.test(encoding)) return body;
  return fromQuotedPrintable(body.replace(/=\r\n/g, ""));
}

/** RFC 2047: how a header says what is not ASCII. */
function decodeWords(text: string): string {
  return text
    .replace(/\?= =\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      /b/i.test(kind)
        ? Buffer.from(word, "base64").toString("utf8")
        : fromQuotedPrintable(word.replaceAll("_", " ")),
    );
}

function fromQuotedPrintable(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
