import { AppError, type ErrorCode } from "../platform/errors/index.ts";

/**
 * Why Slack did not do it. `busy` passes by itself: it asks for fewer calls, fails, or does not answer. `token`: the app
 * was removed, its token withdrawn, or lacks a right. `taken`: there is a channel of that name. `gone`: the channel is
 * archived or not there. `refused`: all else.
 */
export type SlackFault = "busy" | "token" | "taken" | "gone" | "refused";

const codes: Record<SlackFault, ErrorCode> = {
  busy: "UPSTREAM_FAILED",
  token: "API_KEY_INVALID",
  taken: "CONFLICT",
  gone: "UPSTREAM_FAILED",
  refused: "UPSTREAM_FAILED",
};

/** What every method of the port throws; the message is for people. */
export class SlackProblem extends AppError {
  readonly fault: SlackFault;
  /** Slack's own word for it; null where it said none. */
  readonly word: string | null;
  /** False where it may have been done all the same: nothing was heard after it was asked. */
  readonly answered: boolean;
  readonly retryAfterSeconds: number | null;

  constructor(
    fault: SlackFault,
    message: string,
    {
      word = null,
      answered = true,
      retryAfterSeconds = null,
      cause,
    }: { word?: string | null; answered?: boolean; retryAfterSeconds?: number | null; cause?: unknown } = {},
  ) {
    super(codes[fault], message, { cause, details: { notSent: answered, ...(word ? { slack: word } : {}) } });
    this.name = "SlackProblem";
    this.fault = fault;
    this.word = word;
    this.answered = answered;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The app of a tenant's own in their Slack, and where it is installed. */
export interface SlackApp {
  teamId: string;
  teamName: string;
  appId: string;
  /** As whom it speaks. */
  botUserId: string;
}

export interface SlackChannel {
  id: string;
  /** Without the #. */
  name: string;
}

/** What Slack sends to an app's address. */
export type SlackDelivery =
  /** Asked when the address is entered there, before anything is connected: it names neither team nor app. */
  | { kind: "challenge"; challenge: string }
  | { kind: "event"; id: string; teamId: string; appId: string; event: SlackEvent };

export const slackActs = ["said", "edited", "deleted"] as const;
export type SlackAct = (typeof slackActs)[number];

export type SlackEvent =
  /**
   * Words of a person: said, edited or deleted. `ts` is when Slack tells it, `messageTs` names the message. Those of programs,
   * and what Slack itself says of a channel, are `other`.
   */
  | {
      type: "message";
      act: SlackAct;
      channelId: string;
      userId: string;
      text: string;
      ts: string;
      messageTs: string;
    }
  /** The app was removed, or its tokens were withdrawn. */
  | { type: "revoked" }
  | { type: "other" };

/** A team's Slack, by the token of an app of the tenant's own. Every method that asks Slack throws SlackProblem. */
export interface Slack {
  /** Whose token it is. */
  check(token: string): Promise<SlackApp>;
  /** Makes a public channel; throws `taken`. The name is lower-case letters, digits, - and _, at most 80. */
  createChannel(token: string, name: string): Promise<SlackChannel>;
  /** A channel of that name which this app made; null where there is none. */
  findOwnChannel(token: string, of: { name: string; botUserId: string }): Promise<SlackChannel | null>;
  /** The channels that the app is in, at most 1,000. */
  channels(token: string): Promise<SlackChannel[]>;
  setTopic(token: string, channelId: string, topic: string): Promise<void>;
  /** Whoever has this address there; null for nobody. */
  findUser(token: string, email: string): Promise<string | null>;
  /** What somebody is called there. */
  nameOf(token: string, userId: string): Promise<string>;
  /** Whether they are in the channel now; false where Slack does not let them in. */
  invite(token: string, channelId: string, userId: string): Promise<boolean>;
  /**
   * Says something in a channel; nothing in the text or the name calls or links anybody. Gives the message's `ts`, by
   * which Slack knows it in its channel. `id` is the same in every attempt.
   */
  post(
    token: string,
    message: { channelId: string; id: string; author?: string; text: string },
  ): Promise<string>;
  /** The `ts` of what was posted under an id since then, at most 600 messages back; null where it was not. */
  findPost(token: string, of: { channelId: string; id: string; since: Date }): Promise<string | null>;
  archive(token: string, channelId: string): Promise<void>;
  /** Whether Slack signed this body within five minutes of now, by the app's signing secret. */
  isSigned(of: { secret: string; timestamp: string; signature: string; body: string; now: Date }): boolean;
  /** Reads a body; null for what Slack does not send. Nothing of it is believed before its signature is. */
  readDelivery(body: string): SlackDelivery | null;
  /** The people whom a text of Slack's calls. */
  mentionsIn(text: string): string[];
  /** A text of Slack's as plain text, with the names of those whom it calls where they are known. */
  toPlainText(text: string, names: ReadonlyMap<string, string>): string;
}
