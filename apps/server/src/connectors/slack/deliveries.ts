import { z } from "zod";
import { constantTimeEqual, hmacSign } from "../../platform/crypto/index.ts";
import type { Slack, SlackDelivery, SlackEvent } from "../../ports/index.ts";

/** Seconds for which a signed body may be shown again. */
const window = 300;

/** Slack's signature, version 0. Every way of being wrong takes as long as being right. */
export const isSigned: Slack["isSigned"] = ({ secret, timestamp, signature, body, now }) => {
  const isRight = constantTimeEqual(`v0=${hmacSign(secret, `v0:${timestamp}:${body}`)}`, signature);
  const age = /^\d{1,12}$/.test(timestamp) ? Math.abs(now.getTime() / 1000 - Number(timestamp)) : Infinity;
  return isRight && age <= window;
};

const name = z.string().min(1).max(100);

const challengeSchema = z.object({
  type: z.literal("url_verification"),
  challenge: z.string().min(1).max(1_000),
});
const envelopeSchema = z.object({
  type: z.string(),
  event_id: name,
  team_id: name,
  api_app_id: name,
  event: z.looseObject({ type: z.string() }),
});
/** What has a `bot_id` was said by a program: this app's own posts come back so. */
const messageSchema = z.object({
  channel: name,
  user: name,
  text: z.string(),
  ts: z.string().regex(/^\d{1,12}\.\d{1,9}$/),
  subtype: z.enum(["file_share", "me_message", "thread_broadcast"]).optional(),
  bot_id: z.undefined().optional(),
});

export function readDelivery(body: string): SlackDelivery | null {
  const json = parseJson(body);
  const challenge = challengeSchema.safeParse(json);
  if (challenge.success) return { kind: "challenge", challenge: challenge.data.challenge };
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return null;
  const { event_id: id, team_id: teamId, api_app_id: appId, event } = envelope.data;
  return { kind: "event", id, teamId, appId, event: readEvent(event) };
}

function readEvent(event: { type: string }): SlackEvent {
  if (event.type === "tokens_revoked" || event.type === "app_uninstalled") return { type: "revoked" };
  const message = event.type === "message" ? messageSchema.safeParse(event) : null;
  if (!message?.success) return { type: "other" };
  const { channel: channelId, user: userId, text, ts, subtype } = message.data;
  const words = subtype === "file_share" ? `${text}\n(A file is in Slack.)`.trim() : text;
  return words.trim() === "" ? { type: "other" } : { type: "message", channelId, userId, text: words, ts };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
