import { z } from "zod";
import { constantTimeEqual, hmacSign } from "../../platform/crypto/index.ts";
import type { Slack, SlackDelivery, SlackEvent } from "../../ports/index.ts";
import { escapeText } from "./text.ts";

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
const moment = z.string().regex(/^\d{1,12}\.\d{1,9}$/);

/** What has a `bot_id` was said by a program: this app's own posts come back so. */
const wordsSchema = z.object({
  user: name,
  text: z.string(),
  ts: moment,
  subtype: z.enum(["file_share", "me_message", "thread_broadcast", "tombstone"]).optional(),
  bot_id: z.undefined().optional(),
  edited: z.object({}).optional(),
  files: z
    .array(z.object({ name: z.string().nullish(), title: z.string().nullish() }))
    .optional()
    .catch(undefined),
});
const saidSchema = wordsSchema.extend({ channel: name });
const editedSchema = z.object({
  subtype: z.literal("message_changed"),
  channel: name,
  ts: moment,
  message: wordsSchema,
  previous_message: z.object({ text: z.string() }).optional().catch(undefined),
});
const deletedSchema = z.object({
  subtype: z.literal("message_deleted"),
  channel: name,
  ts: moment,
  deleted_ts: moment,
  previous_message: wordsSchema.pick({ user: true, bot_id: true, subtype: true }),
});
/** Names of files of one message that are told. */
const mostFiles = 10;

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
  return (
    (event.type === "message" ? (readSaid(event) ?? readEdited(event) ?? readDeleted(event)) : null) ?? other
  );
}

const other = { type: "other" } as const;
type Words = z.output<typeof wordsSchema>;

function readSaid(event: object): SlackEvent | null {
  const { data } = saidSchema.safeParse(event);
  if (!data || data.subtype === "tombstone") return null;
  const { channel: channelId, user: userId, ts } = data;
  const text = wordsOf(data);
  if (text === "") return null;
  return { type: "message", act: "said", channelId, userId, text, ts, messageTs: ts };
}

/** Slack tells of a change also where it put a preview below a message: only its author's words are an edit. */
function readEdited(event: object): SlackEvent | null {
  const { data } = editedSchema.safeParse(event);
  if (!data) return null;
  const { channel: channelId, ts, message, previous_message: before } = data;
  const told = { type: "message", channelId, userId: message.user, ts, messageTs: message.ts } as const;
  // a message that has answers stays in its place when it is deleted
  if (message.subtype === "tombstone") return { ...told, act: "deleted", text: "" };
  if (!message.edited || before?.text === message.text) return null;
  return { ...told, act: "edited", text: wordsOf(message) };
}

function readDeleted(event: object): SlackEvent | null {
  const { data } = deletedSchema.safeParse(event);
  if (!data) return null;
  const { channel: channelId, ts, deleted_ts: messageTs, previous_message: before } = data;
  return { type: "message", act: "deleted", channelId, userId: before.user, text: "", ts, messageTs };
}

/** With the names of its files, which stay in Slack. */
function wordsOf({ text, files = [], subtype }: Words): string {
  const names = files
    .slice(0, mostFiles)
    .map(({ name, title }) => escapeText(lineOf(name || title || "a file")));
  if (names.length === 0 && subtype === "file_share") names.push("a file");
  const more = files.length > mostFiles ? ", …" : "";
  return (names.length > 0 ? `${text}\n(In Slack, not here: ${names.join(", ")}${more})` : text).trim();
}

const lineOf = (text: string) => text.replaceAll(/\s+/g, " ").slice(0, 200);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
