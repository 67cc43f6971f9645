import type { SmsReport } from "../../ports/index.ts";

/** Twilio's words for how far a text is: https://www.twilio.com/docs/messaging/api/message-resource#message-status-values. */
const statuses: Readonly<Record<string, SmsReport["status"]>> = {
  accepted: "sent",
  scheduled: "sent",
  queued: "sent",
  sending: "sent",
  sent: "sent",
  delivered: "delivered",
  read: "delivered",
  undelivered: "undelivered",
  failed: "failed",
  canceled: "failed",
};

/** Why a text that was taken did not arrive: https://www.twilio.com/docs/api/errors. */
const reasons: Readonly<Record<string, string>> = {
  21610: "Whoever has this number opted out of texts from the sender, by STOP.",
  30001: "Too many texts waited at Twilio for this sender.",
  30002: "The Twilio account was suspended.",
  30003: "The phone is switched off or out of reach.",
  30004: "The phone or its network blocks texts from the sender.",
  30005: "The number is unknown, or is not in use any more.",
  30006: "The number is a landline, or of a network that takes no texts.",
  30007: "The network took the text for spam.",
  30008: "The network did not say why.",
  30034: "The sender is not registered for texts to this country.",
};

/** What a status callback says of a text; null for one that says nothing that we know. */
export function readReport(params: URLSearchParams): SmsReport | null {
  const status = statuses[params.get("MessageStatus") ?? ""];
  const providerId = params.get("MessageSid") ?? "";
  if (!status || !/^[A-Z]{2}[0-9a-fA-F]{32}$/.test(providerId)) return null;
  const isLost = status === "undelivered" || status === "failed";
  return { providerId, status, failure: isLost ? failureOf(params.get("ErrorCode") ?? "") : null };
}

function failureOf(code: string): string {
  const isCode = /^\d{1,6}$/.test(code);
  const reason = reasons[code] ?? "The text did not arrive.";
  return isCode ? `${reason} (Twilio's error ${code})` : reason;
}
