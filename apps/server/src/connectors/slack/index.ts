import { z } from "zod";
import { type Slack, type SlackChannel, SlackProblem } from "../../ports/index.ts";
import { type Call, createCall } from "./call.ts";
import { isSigned, readDelivery } from "./deliveries.ts";
import { composeText, escapeText, mentionsIn, toPlainText } from "./text.ts";

type Fetch = typeof globalThis.fetch;

const done = z.object({});
const channelSchema = z.object({ id: z.string(), name: z.string() });
const pageSchema = z.object({
  channels: z.array(channelSchema.extend({ creator: z.string().optional() })),
  response_metadata: z.object({ next_cursor: z.string() }).partial().optional(),
});
const historySchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z.object({ event_type: z.string(), event_payload: z.looseObject({}) }).optional(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string() }).partial().optional(),
});
const personSchema = z.object({
  user: z.object({
    name: z.string().optional(),
    real_name: z.string().optional(),
    profile: z.object({ display_name: z.string(), real_name: z.string() }).partial().optional(),
  }),
});

/** By which a post of ours is known again. */
const postMark = "parlance_message";
/** Characters of a topic. */
const mostTopic = 250;
const mostPages = 5;

/** Slack's Web API below this address: `https://slack.com/api`, or a stand-in for trials. */
export function connectSlack({ fetch, baseUrl }: { fetch: Fetch; baseUrl: string }): Slack {
  const call = createCall(fetch, baseUrl);
  return {
    async check(token) {
      const { team_id, team, user_id, bot_id } = await call(
        token,
        "auth.test",
        {},
        z.object({
          team_id: z.string(),
          team: z.string(),
          user_id: z.string(),
          bot_id: z.string().optional(),
        }),
      );
      if (!bot_id) {
        throw new SlackProblem("token", "This is a person's token. Take the app's bot token: xoxb-….");
      }
      const { bot } = await call(
        token,
        "bots.info",
        { bot: bot_id },
        z.object({ bot: z.object({ app_id: z.string() }) }),
      );
      return { teamId: team_id, teamName: team, appId: bot.app_id, botUserId: user_id };
    },
    async createChannel(token, name) {
      const { channel } = await call(
        token,
        "conversations.create",
        { name },
        z.object({ channel: channelSchema }),
      );
      return channel;
    },
    async findOwnChannel(token, { name, botUserId }) {
      const all = await ownChannels(call, token);
      return all.find((channel) => channel.name === name && channel.creator === botUserId) ?? null;
    },
    async channels(token) {
      return (await ownChannels(call, token)).map(({ id, name }) => ({ id, name }));
    },
    async setTopic(token, channelId, topic) {
      const text = escapeText(topic).slice(0, mostTopic);
      await call(token, "conversations.setTopic", { channel: channelId, topic: text }, done);
    },
    async findUser(token, email) {
      const found = call(
        token,
        "users.lookupByEmail",
        { email },
        z.object({ user: z.object({ id: z.string() }) }),
      );
      return (await unless(["users_not_found"], found))?.user.id ?? null;
    },
    async nameOf(token, userId) {
      const { user } = await call(token, "users.info", { user: userId }, personSchema);
      const names = [user.profile?.display_name, user.profile?.real_name, user.real_name, user.name];
      return (
        names
          .find((name) => name?.trim())
          ?.trim()
          .slice(0, 100) ?? "Somebody on Slack"
      );
    },
    async invite(token, channelId, userId) {
      try {
        await call(token, "conversations.invite", { channel: channelId, users: userId }, done);
        return true;
      } catch (error) {
        const word = error instanceof SlackProblem ? error.word : null;
        if (word === "already_in_channel" || word === "cant_invite_self") return true;
        if (word !== null && notLetIn.has(word)) return false;
        throw error;
      }
    },
    async post(token, { channelId, id, ...said }) {
      const { ts } = await call(
        token,
        "chat.postMessage",
        {
          channel: channelId,
          text: composeText(said),
          metadata: JSON.stringify({ event_type: postMark, event_payload: { id } }),
          link_names: "false",
          unfurl_links: "false",
          unfurl_media: "false",
        },
        z.object({ ts: z.string() }),
      );
      return ts;
    },
    async findPost(token, { channelId, id, since }) {
      const fields = {
        channel: channelId,
        oldest: (since.getTime() / 1000).toFixed(6),
        limit: "200",
        include_all_metadata: "true",
      };
      for (let page = 0, cursor = ""; page < 3; page++) {
        const { messages, response_metadata } = await call(
          token,
          "conversations.history",
          cursor ? { ...fields, cursor } : fields,
          historySchema,
        );
        const found = messages.find(
          ({ metadata }) => metadata?.event_type === postMark && metadata.event_payload.id === id,
        );
        if (found) return found.ts;
        cursor = response_metadata?.next_cursor ?? "";
        if (cursor === "") break;
      }
      return null;
    },
    async archive(token, channelId) {
      await unless(
        ["already_archived", "channel_not_found"],
        call(token, "conversations.archive", { channel: channelId }, done),
      );
    },
    isSigned,
    readDelivery,
    mentionsIn,
    toPlainText,
  };
}

/** Slack's words for people who cannot be brought into a channel, whatever is tried. */
const notLetIn = new Set([
  "cant_invite",
  "user_not_found",
  "user_is_restricted",
  "user_is_ultra_restricted",
  "ura_max_channels",
  "user_disabled",
  "user_team_not_in_channel",
]);

/** What was answered; null where Slack said one of these words. */
async function unless<Answer>(words: readonly string[], asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SlackProblem && error.word !== null && words.includes(error.word)) return null;
    throw error;
  }
}

async function ownChannels(
  call: Call,
  token: string,
): Promise<(SlackChannel & { creator?: string | undefined })[]> {
  const found: z.output<typeof pageSchema>["channels"] = [];
  const fields = { types: "public_channel,private_channel", exclude_archived: "true", limit: "200" };
  for (let page = 0, cursor = ""; page < mostPages; page++) {
    const answer = await call(
      token,
      "users.conversations",
      cursor ? { ...fields, cursor } : fields,
      pageSchema,
    );
    found.push(...answer.channels);
    cursor = answer.response_metadata?.next_cursor ?? "";
    if (cursor === "") break;
  }
  return found;
}
