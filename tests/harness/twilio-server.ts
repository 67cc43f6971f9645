import { createHmac } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";

/** What the server does with one request to send. Each of these is something that Twilio was seen to do. */
export type TwilioScript =
  | { kind: "error"; status: number; code?: number }
  /** Takes the text and breaks off before it says so. */
  | { kind: "taken, then broken" }
  /** Breaks off and takes nothing. */
  | { kind: "broken" };

export interface ReceivedText {
  sid: string;
  to: string;
  body: string;
  /** A number, a name or a Messaging Service. */
  from: string;
  at: Date;
  /** Where its reports are wanted; null for nowhere. */
  callback: string | null;
}

export interface TwilioServer {
  /** For `TWILIO_URL`. */
  url: string;
  /** `host:port`, for `OUTBOUND_ALLOWED_HOSTS`. */
  host: string;
  /** What was taken, the first first. */
  texts: ReceivedText[];
  /** Requests that came, as method and path without the account. */
  requests: string[];
  /** What the next requests to send get, one after another; after them each is taken. */
  script(...scripts: TwilioScript[]): void;
  /** The account's state as Twilio tells it. */
  status: "active" | "suspended";
  /** Tells of a text what Twilio tells, signed; `change` is what is wrong or other with it. */
  report(
    text: ReceivedText,
    status: string,
    change?: { authToken?: string; url?: string; fields?: Record<string, string> },
  ): Promise<Response>;
  close(): Promise<void>;
}

/** What the fake's one account is opened with. */
export const twilioAccount = {
  settings: { accountSid: `AC${"0123456789abcdef".repeat(2)}`, sender: "+14155550100" },
  credentials: { authToken: "twilio-auth-token-9f8e7d" },
};

/** Twilio's REST API of 2010-04-01 on a free port, as far as texts need it. Its one account has one number. */
export async function startTwilioServer(): Promise<TwilioServer> {
  const { settings, credentials } = twilioAccount;
  const expected = `Basic ${Buffer.from(`${settings.accountSid}:${credentials.authToken}`).toString("base64")}`;
  const queue: TwilioScript[] = [];
  let taken = 0;
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    const url = new URL(request.url ?? "/", "http://twilio");
    const path = url.pathname.replace(`/2010-04-01/Accounts/${settings.accountSid}`, "");
    fake.requests.push(`${request.method} ${path}`);
    if (request.headers.authorization !== expected || path === url.pathname) {
      return error(response, 401, 20003);
    }
    if (path === ".json") {
      return answer(response, 200, {
        sid: settings.accountSid,
        friendly_name: "Tea House",
        status: fake.status,
      });
    }
    if (path === "/IncomingPhoneNumbers.json") {
      const isOurs = url.searchParams.get("PhoneNumber") === settings.sender;
      const numbers = isOurs ? [{ phone_number: settings.sender }] : [];
      return answer(response, 200, { incoming_phone_numbers: numbers });
    }
    if (path !== "/Messages.json") return error(response, 404, 20404);
    if (request.method === "GET") {
      const found = fake.texts.filter(({ to }) => to === url.searchParams.get("To"));
      const messages = found.map(({ sid, body, at }) => ({ sid, body, date_created: at.toUTCString() }));
      return answer(response, 200, { messages });
    }
    const script = queue.shift();
    if (script?.kind === "error") return error(response, script.status, script.code);
    if (script?.kind === "broken") return response.destroy();
    const form = new URLSearchParams(text);
    const sid = `SM${String(++taken).padStart(32, "0")}`;
    fake.texts.push({
      sid,
      to: form.get("To") ?? "",
      body: form.get("Body") ?? "",
      from: form.get("From") ?? form.get("MessagingServiceSid") ?? "",
      at: new Date(),
      callback: form.get("StatusCallback"),
    });
    if (script?.kind === "taken, then broken") return response.destroy();
    return answer(response, 201, { sid, status: "queued" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake Twilio has no port.");
  const host = `127.0.0.1:${address.port}`;
  const fake: TwilioServer = {
    url: `http://${host}`,
    host,
    texts: [],
    requests: [],
    status: "active",
    script: (...scripts) => void queue.push(...scripts),
    report({ sid, to, callback }, status, { authToken = credentials.authToken, url, fields } = {}) {
      const target = callback ?? "";
      const said = {
        AccountSid: settings.accountSid,
        MessageSid: sid,
        MessageStatus: status,
        To: to,
        ...fields,
      };
      const form = new URLSearchParams(Object.entries(said));
      return fetch(url ?? target, {
        method: "POST",
        headers: { "x-twilio-signature": sign(authToken, url ?? target, form) },
        body: form,
      });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}

/** As https://www.twilio.com/docs/usage/security says it, apart from how the product reads it. */
function sign(authToken: string, url: string, form: URLSearchParams): string {
  const fields = [...form].sort(([one], [other]) => (one < other ? -1 : 1));
  return createHmac("sha1", authToken)
    .update(fields.reduce((text, [name, value]) => text + name + value, url))
    .digest("base64");
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function error(response: ServerResponse, status: number, code?: number): void {
  answer(response, status, { code, message: "No.", more_info: "https://www.twilio.com/docs/errors", status });
}
