import { AppError } from "../../platform/errors/index.ts";

/** An answer that is no success: the status and, where it is there, Twilio's own code. */
export interface Refusal {
  status: number;
  code: number | undefined;
}

type Refused = { sent: false; failure: string; fault: "message" | "connection" };

const ofMessage = (failure: string): Refused => ({ sent: false, failure, fault: "message" });
const ofConnection = (failure: string): Refused => ({ sent: false, failure, fault: "connection" });

/** What Twilio's codes mean to whoever sends: https://www.twilio.com/docs/api/errors. */
const meanings: Readonly<Record<number, Refused>> = {
  20003: ofConnection("Twilio refused the account SID or the auth token. Connect SMS anew."),
  20005: ofConnection("Twilio says that the account is not active."),
  21211: ofMessage("Twilio says that this is no valid phone number."),
  21212: ofConnection("Twilio says that the sender is no valid number. Connect SMS with another one."),
  21408: ofMessage(
    "The Twilio account may not send texts to this country. It is allowed in Twilio's console.",
  ),
  21606: ofConnection("The sender is not a number of the Twilio account that can send texts."),
  21608: ofMessage("A Twilio account on trial sends only to numbers that were verified there."),
  21610: ofMessage("Whoever has this number opted out of texts from the sender, by STOP."),
  21612: ofMessage("Twilio cannot send to this number from the sender."),
  21614: ofMessage("This number is no mobile phone, so that it gets no texts."),
  21617: ofMessage("The text is longer than Twilio sends."),
  21659: ofConnection("The sender is not a number of the Twilio account."),
  21660: ofConnection("The sender is not a number of the Twilio account."),
  21703: ofConnection("The Messaging Service has no number to send from."),
  21705: ofConnection("Twilio knows no such Messaging Service."),
};

/** What a refusal means for one text. Throws what may pass, for another attempt. */
export function meaningOf(refusal: Refusal): Refused {
  const { status, code } = refusal;
  if (status === 429 || status >= 500) throw trouble(refusal, { notSent: status === 429 });
  const known = code === undefined ? undefined : meanings[code];
  if (known) return known;
  if (status === 401)
    return ofConnection("Twilio refused the account SID or the auth token. Connect SMS anew.");
  return ofMessage(
    `Twilio refused the text${code === undefined ? "" : ` with error ${code}`} (status ${status}).`,
  );
}

/** A refusal that may pass by itself. */
export function trouble({ status }: Refusal, { notSent }: { notSent: boolean }): AppError {
  const text =
    status === 429 ? "Twilio says that too much is sent at once." : `Twilio answered with status ${status}.`;
  return new AppError("UPSTREAM_FAILED", text, { details: { notSent } });
}
