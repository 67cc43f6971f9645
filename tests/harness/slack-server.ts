import { createHmac } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";

/** What a call gets in the place of its answer. Each of these is something that Slack was seen to do. */
export type SlackFault =
  | { error: string }
  | { status: number; retryAfter?: number }
  /** It is done, and the connection breaks before anybody hears of it. */
  | "unheard";

interface Channel {
  id: string;
  name: string;
  creator: string;
  topic: string;
  isArchived: boolean;
  members: Set<string>;
  messages: { ts: string; text: string; metadata?: { event_type: string; event_payload: object } }[];
}

export interface SlackServer {
  /** For `connectSlack`. */
  baseUrl: string;
  /** Of the one app that is installed. */
  botToken: string;
  teamId: string;
  appId: string;
  signingSecret: string;
  calls: { method: string; fields: Record<string, string> }[];
  channels: Channel[];
  /** Who has an account, by address. */
  people: Map<string, { id: string; name: string }>;
  /** What the next calls of a method get, one after another. */
  fail(method: string, ...faults: SlackFault[]): void;
  /** The texts of a channel, the oldest first. */
  textsIn(name: string): string[];
  /** Sends a body to an address as Slack does, signed; `change` is what is wrong with it. */
  deliver(
    url: string,
    body: object,
    change?: { secret?: string; at?: Date; body?: string },
  ): Promise<Response>;
  /** An event in the envelope in which Slack sends it. */
  envelope(event: object, change?: object): object;
  close(): Promise<void>;
}

type Fields = Record<string, string>;
type Answer = { error: string } | Record<string, unknown>;

/** A team's Slack on a free port, with one app in it. It keeps what it is told, and does what it is asked as Slack does. */
export async function startSlackServer(): Promise<SlackServer> {
  const faults = new Map<string, SlackFault[]>();
  const mark = crypto.randomUUID().slice(0, 8).toUpperCase();
  const bot = { user: `UBOT${mark}`, id: `BBOT${mark}` };
  let last = 0;
  const next = () => `${1_700_000_000 + ++last}.000100`;
  const open = (id: string | undefined) => fake.channels.find((channel) => channel.id === id);
  const shown = ({ id, name, creator }: Channel) => ({ id, name, creator });

  const methods: Record<string, (fields: Fields) => Answer> = {
    "auth.test": () => ({ team_id: fake.teamId, team: "Acme", user_id: bot.user, bot_id: bot.id }),
    "bots.info": () => ({ bot: { id: bot.id, app_id: fake.appId } }),
    "conversations.create": ({ name = "" }) => {
      if (!/^[a-z0-9_-]{1,80}$/.test(name)) return { error: "invalid_name_specials" };
      if (fake.channels.some((channel) => channel.name === name)) return { error: "name_taken" };
      const id = `C${mark}${fake.channels.length}`;
      const members = new Set([bot.user]);
      const channel = { id, name, creator: bot.user, topic: "", isArchived: false, members, messages: [] };
      fake.channels.push(channel);
      return { channel: shown(channel) };
    },
    "users.conversations": () => ({
      channels: fake.channels
        .filter(({ isArchived, members }) => !isArchived && members.has(bot.user))
        .map(shown),
      response_metadata: { next_cursor: "" },
    }),
    "conversations.setTopic": ({ channel, topic = "" }) => {
      const found = open(channel);
      if (!found) return { error: "channel_not_found" };
      found.topic = topic;
      return {};
    },
    "users.lookupByEmail": ({ email = "" }) => {
      const person = fake.people.get(email);
      return person ? { user: { id: person.id } } : { error: "users_not_found" };
    },
    "users.info": ({ user }) => {
      const person = [...fake.people.values()].find(({ id }) => id === user);
      return person
        ? { user: { name: "x", profile: { display_name: "", real_name: person.name } } }
        : { error: "user_not_found" };
    },
    "conversations.invite": ({ channel, users = "" }) => {
      const found = open(channel);
      if (!found) return { error: "channel_not_found" };
      if (found.members.has(users)) return { error: "already_in_channel" };
      found.members.add(users);
      return {};
    },
    "chat.postMessage": ({ channel, text = "", metadata }) => {
      const found = open(channel);
      if (!found) return { error: "channel_not_found" };
      if (found.isArchived) return { error: "is_archived" };
      const ts = next();
      found.messages.push({ ts, text, ...(metadata ? { metadata: JSON.parse(metadata) } : {}) });
      return { ts };
    },
    "conversations.history": ({ channel }) => ({ messages: open(channel)?.messages.toReversed() ?? [] }),
    "conversations.archive": ({ channel }) => {
      const found = open(channel);
      if (!found) return { error: "channel_not_found" };
      if (found.isArchived) return { error: "already_archived" };
      found.isArchived = true;
      return {};
    },
  };

  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    const method = (request.url ?? "").split("/").at(-1) ?? "";
    const fields = Object.fromEntries(new URLSearchParams(text));
    fake.calls.push({ method, fields });
    const fault = faults.get(method)?.shift();
    if (fault && fault !== "unheard") {
      refuse(response, fault);
      return;
    }
    const isKnown = request.headers.authorization === `Bearer ${fake.botToken}`;
    const answer = isKnown
      ? (methods[method]?.(fields) ?? { error: "unknown_method" })
      : { error: "invalid_auth" };
    if (fault === "unheard") response.destroy();
    else reply(response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake Slack has no port.");

  const fake: SlackServer = {
    baseUrl: `http://127.0.0.1:${address.port}/api`,
    botToken: `xoxb-${mark}`,
    teamId: `T${mark}`,
    appId: `A${mark}`,
    signingSecret: `sign-${mark}`,
    calls: [],
    channels: [],
    people: new Map(),
    fail: (method, ...all) => void faults.set(method, all),
    textsIn: (name) =>
      fake.channels.filter((one) => one.name === name).flatMap((one) => one.messages.map(({ text }) => text)),
    envelope: (event, change = {}) => ({
      token: "of old",
      team_id: fake.teamId,
      api_app_id: fake.appId,
      type: "event_callback",
      event_id: `Ev${mark}${++last}`,
      event_time: 1_700_000_000,
      event,
      ...change,
    }),
    deliver(
      url,
      content,
      { secret = fake.signingSecret, at = new Date(), body = JSON.stringify(content) } = {},
    ) {
      const timestamp = String(Math.floor(at.getTime() / 1000));
      const digest = createHmac("sha256", secret)
        .update(`v0:${timestamp}:${JSON.stringify(content)}`)
        .digest("hex");
      return fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-slack-request-timestamp": timestamp,
          "x-slack-signature": `v0=${digest}`,
        },
        body,
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

function refuse(response: ServerResponse, fault: Exclude<SlackFault, "unheard">): void {
  if ("error" in fault) {
    reply(response, fault);
    return;
  }
  response.writeHead(
    fault.status,
    fault.retryAfter === undefined ? {} : { "retry-after": `${fault.retryAfter}` },
  );
  response.end();
}

function reply(response: ServerResponse, answer: Answer): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ ok: !("error" in answer), ...answer }));
}
