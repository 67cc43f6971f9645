import { z } from "zod";
import { AppError } from "../../platform/errors/index.ts";
import type { SmsAccount, SmsProvider } from "../../ports/index.ts";
import { meaningOf, trouble } from "./errors.ts";
import { readReport } from "./reports.ts";
import { isSignedByTwilio } from "./signature.ts";

/** Milliseconds that one request may take. */
const patience = 20_000;
/** Texts to one number that are looked through for one of which nothing was heard. */
const pageSize = 50;
/** Twilio's word for an address that it cannot call. */
const badCallback = 21609;
/** A clock of ours that goes ahead of theirs must not hide a text. */
const clockSlack = 60_000;

const accountSchema = z.object({ friendly_name: z.string(), status: z.string() });
const numbersSchema = z.object({ incoming_phone_numbers: z.array(z.object({ phone_number: z.string() })) });
const messageSchema = z.object({ sid: z.string() });
const messagesSchema = z.object({
  messages: z.array(z.object({ sid: z.string(), body: z.string().nullish(), date_created: z.string() })),
});
const errorSchema = z.object({ code: z.number().optional(), message: z.string().optional() });

type Answer = { ok: true; body: unknown } | { ok: false; status: number; code: number | undefined };

/**
 * Twilio's REST API of 2010-04-01, with the guarded `fetch`. What it does not let through is told by `errors.ts`.
 * `reportUrl`: where Twilio tells how a text fared, by the text's reference; null where it can call nobody.
 */
export function connectTwilio({
  fetch,
  baseUrl,
  reportUrl = () => null,
}: {
  fetch: typeof globalThis.fetch;
  baseUrl: string;
  reportUrl?: (reference: string) => string | null;
}): SmsProvider {
  const call = async (
    { accountSid, authToken }: SmsAccount,
    path: string,
    form?: Record<string, string>,
  ): Promise<Answer> => {
    const account = encodeURIComponent(accountSid);
    const response = await request(fetch, `${baseUrl}/2010-04-01/Accounts/${account}${path}`, {
      method: form ? "POST" : "GET",
      headers: {
        accept: "application/json",
        authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`,
      },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return { ok: true, body };
    const { data } = errorSchema.safeParse(body);
    return { ok: false, status: response.status, code: data?.code };
  };

  return {
    async check(account) {
      const answer = await call(account, ".json");
      if (!answer.ok) throw refusedAccount(answer);
      const { friendly_name, status } = understood(accountSchema, answer.body);
      if (status !== "active") {
        throw new AppError("API_KEY_INVALID", `Twilio says that this account is ${status}, not active.`);
      }
      if (account.sender.startsWith("+")) await assertSender(account);
      return { accountName: friendly_name.slice(0, 200) };
    },

    async send(account, { to, text, reference }) {
      const from: Record<string, string> = account.sender.startsWith("MG")
        ? { MessagingServiceSid: account.sender }
        : { From: account.sender };
      const form = { To: to, Body: text, ...from };
      const url = reportUrl(reference);
      let answer = await call(account, "/Messages.json", url ? { ...form, StatusCallback: url } : form);
      // a server that Twilio cannot call hears nothing more of its texts, but they go out
      if (url && !answer.ok && answer.code === badCallback)
        answer = await call(account, "/Messages.json", form);
      if (answer.ok) return { sent: true, providerId: understood(messageSchema, answer.body).sid };
      return meaningOf(answer);
    },

    async findSent(account, { to, text, since }) {
      const from = new Date(since.getTime() - clockSlack);
      const query = new URLSearchParams({ To: to, PageSize: String(pageSize) });
      query.set("DateSent>", from.toISOString().slice(0, 10));
      const answer = await call(account, `/Messages.json?${query}`);
      if (!answer.ok) throw trouble(answer, { notSent: false });
      return understood(messagesSchema, answer.body)
        .messages.filter(({ date_created }) => new Date(date_created).getTime() >= from.getTime())
        .filter(({ body }) => body?.endsWith(text)) // an account on trial puts a line before it
        .map(({ sid }) => sid);
    },

    readReport({ authToken, reference, body, signature }) {
      const url = reportUrl(reference);
      const params = new URLSearchParams(body);
      if (url === null || !isSignedByTwilio(authToken, { url, params, signature })) return { signed: false };
      return { signed: true, report: readReport(params) };
    },
  };

  async function assertSender(account: SmsAccount): Promise<void> {
    const query = new URLSearchParams({ PhoneNumber: account.sender });
    const answer = await call(account, `/IncomingPhoneNumbers.json?${query}`);
    if (!answer.ok) throw refusedAccount(answer);
    const { incoming_phone_numbers: numbers } = understood(numbersSchema, answer.body);
    if (numbers.some(({ phone_number }) => phone_number === account.sender)) return;
    throw new AppError(
      "VALIDATION_ERROR",
      `${account.sender} is not a number of this Twilio account. Take one of its numbers, or a Messaging Service.`,
    );
  }
}

async function request(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(patience);
  try {
    return await fetch(url, { ...init, signal, redirect: "error" });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AppError("UPSTREAM_TIMEOUT", `Twilio did not answer within ${patience / 1_000} seconds.`);
  }
}

function refusedAccount(answer: { status: number; code: number | undefined }): AppError {
  if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
    return new AppError(
      "API_KEY_INVALID",
      "Twilio refused the account SID or the auth token. Copy both anew from its console.",
    );
  }
  return trouble(answer, { notSent: true });
}

function understood<Output>(schema: z.ZodType<Output>, body: unknown): Output {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AppError("UPSTREAM_FAILED", "What answered does not speak Twilio's protocol.");
}
