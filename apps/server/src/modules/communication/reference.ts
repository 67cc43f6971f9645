/** By which a provider's reports name a text: its tenant and its id. It is no secret; what comes with it is signed. */
export const referenceOf = (tenantId: string, messageId: string) => `${tenantId}.${messageId}`;

const uuid = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
const form = new RegExp(`^(${uuid})\\.(${uuid})$`);

/** The text that a reference names; null for what is none. */
export function readReference(reference: string): { tenantId: string; messageId: string } | null {
  const [, tenantId, messageId] = form.exec(reference) ?? [];
  return tenantId && messageId ? { tenantId, messageId } : null;
}

/** Where Twilio tells how the text of a reference fared. */
export const textReportPath = (reference: string) => `/v1/webhooks/twilio/${reference}`;
