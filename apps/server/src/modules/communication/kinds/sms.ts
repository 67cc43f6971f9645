import { z } from "zod";
import { toPhoneNumber } from "../phone-number.ts";
import { referenceOf } from "../reference.ts";
import { connectInput, defineKind, secretText } from "./kind.ts";

const number = /^\+[1-9]\d{6,14}$/;
const shortCode = /^\d{3,8}$/;
const messagingService = /^MG[0-9a-fA-F]{32}$/;
const ownName = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;

const asked = z.strictObject({
  accountSid: z
    .string()
    .trim()
    .regex(/^AC[0-9a-fA-F]{32}$/, "An account SID is AC and 32 digits or letters from a to f."),
  /** From whom texts are: a number of the account, a short code, a Messaging Service or a name. */
  sender: z
    .string()
    .trim()
    .max(40)
    .overwrite((text) => (text.startsWith("+") ? text.replaceAll(/[\s().\-/]/g, "") : text))
    .refine(
      (text) => [number, shortCode, messagingService, ownName].some((form) => form.test(text)),
      "A sender is a number such as +14155550123, a Messaging Service's SID (MG…), a short code, or a name of at most 11 letters and digits.",
    ),
});
const credentials = z.strictObject({ authToken: secretText });
const kept = asked.extend({ accountName: z.string() });

export const smsInput = connectInput("sms", { asked, credentials });

/** Texts to phones, by the tenant's own account at Twilio. */
export const sms = defineKind({
  kind: "sms",
  title: "SMS",
  asked,
  credentials,
  kept,
  mostText: 1_600,
  address: toPhoneNumber,
  async connect(ctx, settings, { authToken }) {
    const { accountName } = await ctx.ports.sms.check({ ...settings, authToken });
    return { ...settings, accountName };
  },
  channels: async (_ctx, { settings }) => [{ id: settings.sender, name: settings.sender }],
  send: (ctx, { settings, credentials }, { id, to, text }) =>
    ctx.ports.sms.send(
      { ...settings, ...credentials },
      { to, text, reference: referenceOf(ctx.tenantId, id) },
    ),
  findSent: (ctx, { settings, credentials }, text, since) =>
    ctx.ports.sms.findSent({ ...settings, ...credentials }, { ...text, since }),
});
