import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askBot, memberChat, readEvents, textOf } from "../../../../../tests/harness/chat.ts";
import { botWith, processed, refusal } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import type { ChatMessage } from "../chat/index.ts";
import type { Citation } from "./index.ts";

/* A citation is kept for good: what it says is the same on every face, whatever becomes of its document. */

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const question = "How long does a refund take after the parcel?";
const words = "# Refunds\n\nA refund takes 14 days after we receive the parcel.";

/** An answer, and what each face shows of its citations now. */
async function answered() {
  const bot = await botWith(ada, { "Refunds.md": words });
  const documentId = bot.documents[0]?.id ?? "";
  const chat = memberChat(ada, bot.id);
  const streamed = await askBot(server, chat, question);
  const answerId = streamed.metadata?.answerId ?? "";
  const conversationId = streamed.metadata?.conversationId ?? "";
  const { secret } = await ada.trpc.apiKeys.create.mutate({ name: "Test" });
  const completion = await (
    await fetch(`${server.url}/openai/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({ model: bot.id, messages: [{ role: "user", content: question }] }),
    })
  ).json();
  const faces = async (): Promise<Record<string, Citation[]>> => {
    const detail = await ada.trpc.conversations.get.query({ id: conversationId });
    const rest = await (
      await fetch(`${server.url}/api/chat/${chat.chatId}/messages`, { headers: ada.headers })
    ).json();
    return {
      "the answer by tRPC": (await ada.trpc.answers.get.query({ id: answerId })).citations,
      "the conversation by tRPC": citationsIn(detail.messages),
      "the history by REST": citationsIn(rest.messages),
    };
  };
  return {
    documentId,
    botId: bot.id,
    streamed: citationsIn([streamed]),
    completed: completion.choices[0].message.parlance.citations as Citation[],
    annotations: completion.choices[0].message.annotations,
    content: String(completion.choices[0].message.content),
    faces,
  };
}

function citationsIn(messages: readonly { parts: readonly unknown[] }[]): Citation[] {
  return messages.flatMap(({ parts }) =>
    (parts as ChatMessage["parts"]).flatMap((part) => {
      const citation: unknown = part.type === "source-document" && part.providerMetadata?.parlance;
      return citation ? [citation as Citation] : [];
    }),
  );
}

const without = ({ source: _source, ...citation }: Citation) => citation;

test("is the same on every face, with its version, place, quote and the quote's digest", async () => {
  const { streamed, completed, annotations, content, faces, documentId } = await answered();
  const [citation] = streamed;
  if (!citation) throw new Error("Nothing was cited.");
  expect(citation).toMatchObject({
    documentId,
    version: 1,
    quote: "A refund takes 14 days after we receive the parcel.",
  });
  expect(citation.quoteSha256).toBe(createHash("sha256").update(citation.quote).digest("hex"));
  expect(words.slice(citation.startOffset, citation.endOffset)).toBe(citation.quote);
  expect(citation.source).toMatchObject({ state: "current", isStale: false, updatedAt: expect.any(String) });
  for (const [face, shown] of Object.entries(await faces())) expect(shown, face).toEqual(streamed);
  expect(completed).toEqual(streamed);
  expect(annotations).toEqual([
    {
      type: "file_citation",
      file_citation: {
        file_id: documentId,
        filename: "Refunds.md",
        quote: citation.quote,
        start_index: content.indexOf("[1]"),
        end_index: content.indexOf("[1]") + 3,
      },
    },
  ]);
});

test("stays as it was after its document is read again, replaced and deleted, and says so", async () => {
  const { streamed, faces, documentId, botId } = await answered();
  const states = async () => {
    const all = Object.entries(await faces());
    for (const [face, shown] of all) expect(shown.map(without), face).toEqual(streamed.map(without));
    return [...new Set(all.flatMap(([, shown]) => shown.map(({ source }) => source.state)))];
  };
  await ada.trpc.knowledge.reprocess.mutate({ id: documentId });
  await processed(ada, botId, documentId);
  expect(await states()).toEqual(["current"]); // the same bytes

  await ada.trpc.knowledge.upload.mutate({ documentId, content: "We buy nothing back." });
  expect(await states()).toEqual(["replaced"]);
  await processed(ada, botId, documentId);
  expect(await states()).toEqual(["replaced"]);
  const then = await ada.trpc.knowledge.get.query({ id: documentId, version: 1 });
  const [citation] = streamed;
  expect(then.text.slice(citation?.startOffset, citation?.endOffset)).toBe(citation?.quote);
  expect(then).toMatchObject({ version: 1, currentVersion: 3 });

  await ada.trpc.knowledge.delete.mutate({ id: documentId });
  expect(await states()).toEqual(["removed"]);
  expect((await faces())["the answer by tRPC"]?.[0]?.source.updatedAt).toBe(streamed[0]?.source.updatedAt);
  expect(await refusal(ada.trpc.knowledge.get.query({ id: documentId, version: 1 }))).toBe("NOT_FOUND");
});

test("goes with the answer that is asked for twice", async () => {
  const bot = await botWith(ada, { "Refunds.md": words });
  const chat = memberChat(ada, bot.id);
  const message = {
    id: crypto.randomUUID(),
    role: "user" as const,
    parts: [{ type: "text" as const, text: question }],
  };
  const first = await askBot(server, chat, message);
  await ada.trpc.knowledge.delete.mutate({ id: bot.documents[0]?.id ?? "" });
  const again = await askBot(server, chat, message);
  expect(textOf(again)).toBe(textOf(first));
  expect(citationsIn([again]).map(({ source }) => source.state)).toEqual(["removed"]);
});

test("comes in the stream of queries too", async () => {
  const bot = await botWith(ada, { "Refunds.md": words });
  const input = encodeURIComponent(JSON.stringify({ botId: bot.id, query: question }));
  const stream = await readEvents(`${server.url}/trpc/ragQuery.streamQuery?input=${input}`, ada.headers);
  const events = await stream.until((all) => all.some(({ data }) => JSON.stringify(data).includes('"end"')));
  await stream.close();
  const text = JSON.stringify(events);
  expect(text).toContain('"quoteSha256"');
  expect(text).toContain('"state":"current"');
});
