import { z } from "zod";
import { AppError } from "../../../platform/errors/index.ts";
import { SlackProblem } from "../../../ports/index.ts";
import { connectInput, defineKind, secretText } from "./kind.ts";

const asked = z.strictObject({});
const credentials = z.strictObject({
  botToken: secretText.refine(
    (text) => text.startsWith("xoxb-"),
    "A bot token begins with xoxb-. It stands in your Slack app under OAuth & Permissions.",
  ),
  /** What Slack signs its events with. */
  signingSecret: secretText,
});
const kept = z.strictObject({
  teamId: z.string(),
  teamName: z.string(),
  appId: z.string(),
  botUserId: z.string(),
});

export const slackInput = connectInput("slack", { asked, credentials });

/** Posts to channels of the tenant's Slack, by an app of their own there. Slack's events find the tenant by its name. */
export const slack = defineKind({
  kind: "slack",
  title: "Slack",
  asked,
  credentials,
  kept,
  mostText: 8_000,
  publicName: ({ teamId, appId }) => `${teamId}/${appId}`,
  address(to) {
    if (/^[CG][A-Z0-9]{2,20}$/.test(to)) return to;
    throw new AppError(
      "VALIDATION_ERROR",
      "A channel of Slack is written by its id, such as C0123456789: communication.channels lists them.",
    );
  },
  connect: (ctx, _asked, { botToken }) => ctx.ports.slack.check(botToken),
  async channels(ctx, { credentials }) {
    const all = await ctx.ports.slack.channels(credentials.botToken);
    return all.map(({ id, name }) => ({ id, name: `#${name}` }));
  },
  async send(ctx, { credentials }, { id, to, text }) {
    try {
      const ts = await ctx.ports.slack.post(credentials.botToken, { channelId: to, id, text });
      return { sent: true, providerId: ts };
    } catch (error) {
      if (!(error instanceof SlackProblem) || error.fault === "busy") throw error;
      const fault = error.fault === "token" ? "connection" : "message";
      return { sent: false, failure: error.message, fault };
    }
  },
  async findSent(ctx, { credentials }, { id, to }, since) {
    const ts = await ctx.ports.slack.findPost(credentials.botToken, { channelId: to, id, since });
    return ts === null ? [] : [ts];
  },
});
