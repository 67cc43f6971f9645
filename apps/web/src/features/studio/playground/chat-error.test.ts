import { expect, test } from "vitest";
import { type ChatFailure, readChatError } from "./chat-error.ts";

const refusal = (code: string, message: string) => new Error(JSON.stringify({ error: { code, message } }));

test.each<[string, Error, ChatFailure]>([
  ["no connection", new TypeError("Failed to fetch"), { kind: "offline", message: null }],
  ["too many", refusal("TOO_MANY_REQUESTS", "Wait a minute."), { kind: "quota", message: "Wait a minute." }],
  ["no credits", refusal("INSUFFICIENT_CREDITS", "None left."), { kind: "quota", message: "None left." }],
  ["a refusal", refusal("NOT_FOUND", "No such bot."), { kind: "other", message: "No such bot." }],
  ["a broken stream", new Error("It was logged."), { kind: "other", message: "It was logged." }],
  ["a proxy's page", new Error("<html>502</html>"), { kind: "other", message: null }],
  ["nothing", new Error(""), { kind: "other", message: null }],
  ["another JSON", new Error('{"detail":1}'), { kind: "other", message: null }],
])("%s", (_, error, failure) => {
  expect(readChatError(error)).toEqual(failure);
});
