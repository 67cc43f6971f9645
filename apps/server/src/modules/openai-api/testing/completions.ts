import { botWith } from "../../../../../../tests/harness/scenarios.ts";
import type { TestServer, TestUser } from "../../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../../tests/harness/shop.ts";

export const question = "How many days does a refund take?";

/** A user's message. */
export const user = (content: unknown) => ({ role: "user", content });
export const messages = (...list: unknown[]) => ({ messages: list });

/** A bot of the owner's, asked over the wire with a key of theirs. */
export async function askedBot(server: TestServer, owner: TestUser) {
  const { id: botId, publicUrlId: model } = await botWith(owner, shopTexts);
  const { secret } = await owner.trpc.apiKeys.create.mutate({ name: "Tests" });
  const post = (body: string | null, headers: Record<string, string> = {}, path = "/chat/completions") =>
    fetch(`${server.url}/openai/v1${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json", ...headers },
      body,
    });
  /** A question, or whatever else the change makes of it. */
  const send = (change: object = {}) =>
    post(JSON.stringify({ model, messages: [user(question)], ...change }));
  return { botId, model, post, send };
}
