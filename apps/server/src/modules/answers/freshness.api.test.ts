import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Asker, askBot, memberChat, textOf } from "../../../../../tests/harness/chat.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import {
  type OpenAiServer,
  quoteFirstSource,
  startOpenAiServer,
} from "../../../../../tests/harness/openai-server.ts";
import { botWith, processed } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import type { ChatMessage } from "../chat/index.ts";

/*
 * From the moment that a deletion or a replacement returns, nothing cites what was there: not a search that comes after
 * it, and not an answer that was in the middle of being written.
 */

let provider: OpenAiServer;
let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  provider = await startOpenAiServer();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: provider.host });
  ada = await server.signUp("Ada");
  await ada.trpc.user.setLlmApiKey.mutate({
    provider: "openai",
    apiKey: "sk-0123456789",
    baseUrl: provider.baseUrl,
    model: "fake-1",
  });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});
beforeEach(() => {
  provider.requests.length = 0;
  provider.otherwise = quoteFirstSource;
});

const question = "How many days does a refund take after we receive the parcel?";
const old = "A refund takes 14 days after we receive the parcel.";
const still = "A refund takes three weeks, so many days after we receive the parcel, says the leaflet.";

/** A bot whose first passage is the old text; with `second`, another document that answers too. */
async function shop(second?: string) {
  const bot = await botWith(ada, { "Refunds.md": old, ...(second ? { "Leaflet.md": second } : {}) });
  const documentId = bot.documents.find(({ fileName }) => fileName === "Refunds.md")?.id ?? "";
  return { botId: bot.id, documentId, asker: memberChat(ada, bot.id) };
}

const changes = {
  deleted: (documentId: string) => ada.trpc.knowledge.delete.mutate({ id: documentId }).then(() => {}),
  replaced: (documentId: string) =>
    ada.trpc.knowledge.upload
      .mutate({ documentId, content: "We buy nothing back, whatever the parcel holds." })
      .then(() => {}),
};

function gate() {
  let open = () => {};
  const until = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { until, open };
}

const heldUntil = (held: (message: ChatMessage) => boolean) => {
  const { until, open } = gate();
  return { until, onUpdate: (message: ChatMessage) => void (held(message) && open()) };
};

const history = async ({ chatId, headers }: Asker): Promise<ChatMessage[]> =>
  (await (await fetch(`${server.url}/api/chat/${chatId}/messages`, { headers })).json()).messages;

const citedIn = (parts: ChatMessage["parts"]) =>
  parts.flatMap((part) =>
    part.type === "source-document" ? [String(part.providerMetadata?.parlance?.documentId)] : [],
  );

/** The first request is for `old`; whatever else is asked is answered from the first source. */
const moments = {
  "before the first word": { after: "", text: `${old} [1]`, held: () => provider.requests.length > 0 },
  "before the mark": {
    after: `${old} `,
    text: "[1]",
    held: (message: ChatMessage) => textOf(message).includes("parcel."),
  },
  "after the mark": {
    after: `${old} [1] `,
    text: "Good.",
    held: (message: ChatMessage) => textOf(message).includes("[1]"),
  },
};

describe.each(Object.entries(changes))("a document that is %s", (_what, change) => {
  test.each(Object.entries(moments))(
    "%s is not cited: the answer begins anew",
    async (_when, { after, text, held }) => {
      const { asker, documentId } = await shop(still);
      const { until, open } = gate();
      provider.script({ kind: "wait", after, text, until });
      const reached = heldUntil(held);
      const asking = askBot(server, asker, question, { onUpdate: reached.onUpdate });
      await (after === "" ? reachedModel() : reached.until);
      await change(documentId);
      open();
      const answer = await asking;

      const from = answer.parts.findLastIndex(({ type }) => type === "data-retracted");
      expect(from).toBeGreaterThanOrEqual(0);
      const standing = answer.parts.slice(from);
      expect(citedIn(standing)).not.toContain(documentId);
      expect(citedIn(standing)).toHaveLength(1);
      expect(textOf({ parts: standing })).toContain("three weeks");
      const kept = (await history(asker)).at(-1);
      expect(kept && textOf(kept)).toBe(textOf({ parts: standing }));
      expect(kept && citedIn(kept.parts)).toEqual(citedIn(standing));
    },
  );

  test("with nothing else to say leaves an offer of a person", async () => {
    const { asker, documentId } = await shop();
    const { until, open } = gate();
    provider.script({ kind: "wait", after: `${old} [1] `, text: "Good.", until });
    const reached = heldUntil((message) => textOf(message).includes("[1]"));
    const asking = askBot(server, asker, question, { onUpdate: reached.onUpdate });
    await reached.until;
    await change(documentId);
    open();
    const answer = await asking;
    expect(answer.parts.some(({ type }) => type === "data-handoff")).toBe(true);
    const kept = (await history(asker)).at(-1);
    expect(kept && citedIn(kept.parts)).toEqual([]);
    expect(kept && textOf(kept)).not.toContain("14 days");
  });

  test("is found by no search after that", async () => {
    const { botId, documentId } = await shop(still);
    const search = () => ada.trpc.knowledge.search.query({ botId, query: question });
    expect((await search()).passages.map((passage) => passage.documentId)).toContain(documentId);
    await change(documentId);
    const { passages, others } = await search();
    const left = [...passages, ...others].filter((passage) => passage.documentId === documentId);
    expect(left.map(({ text }) => text)).not.toContain(old);
  });
});

async function reachedModel(): Promise<void> {
  await eventually(() => expect(provider.requests).not.toHaveLength(0));
}

test("whenever it happens, no answer that ends after a deletion cites what was deleted", {
  timeout: 60_000,
}, async () => {
  const built = await ada.trpc.bot.create.mutate({ name: "Quotes", activeLlmConfigProvider: "builtin" });
  const add = async () => {
    const { document } = await ada.trpc.knowledge.upload.mutate({
      botId: built.id,
      name: "Refunds.md",
      content: old,
    });
    return processed(ada, built.id, document?.id ?? "");
  };
  for (let round = 0; round < 5; round++) {
    const { id } = await add();
    const askers = [1, 2, 3].map(() => memberChat(ada, built.id));
    let isDeleted = false;
    const asking = askers.map(async (asker) => {
      const answer = await askBot(server, asker, question, {
        onUpdate(message) {
          if (isDeleted) seenAfter.push(...citedIn(message.parts.slice(lastRetraction(message))));
        },
      });
      return answer;
    });
    const seenAfter: string[] = [];
    await new Promise((resolve) => setTimeout(resolve, round * 6)); // another moment each round
    const startedAfter = ada.trpc.knowledge.delete.mutate({ id }).then(() => {
      isDeleted = true;
      return askBot(server, memberChat(ada, built.id), question);
    });
    await Promise.all(asking);
    expect(citedIn((await startedAfter).parts)).toEqual([]);
    for (const asker of askers) {
      const kept = (await history(asker)).at(-1);
      const states = (kept?.parts ?? []).flatMap((part) =>
        part.type === "source-document" ? [part.providerMetadata?.parlance?.source] : [],
      );
      // those that were kept before the deletion say of it that its source is gone
      for (const source of states) expect(source).toMatchObject({ state: "removed" });
    }
  }
});

function lastRetraction(message: ChatMessage): number {
  return Math.max(
    0,
    message.parts.findLastIndex(({ type }) => type === "data-retracted"),
  );
}

describe("over OpenAI's protocol", () => {
  const complete = async (botId: string, stream: boolean) => {
    const { secret } = await ada.trpc.apiKeys.create.mutate({ name: "Test" });
    return fetch(`${server.url}/openai/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({ model: botId, stream, messages: [{ role: "user", content: question }] }),
    });
  };

  test.each([false, true])(
    "an answer (streamed: %s) takes back what rests on a deleted document",
    async (stream) => {
      const { botId, documentId } = await shop(still);
      const { until, open } = gate();
      provider.script({ kind: "wait", after: `${old} [1] `, text: "Good.", until });
      const asking = complete(botId, stream).then((response) => response.text());
      await reachedModel();
      await changes.deleted(documentId);
      open();
      const body = await asking;
      expect(body).toContain("three weeks");
      if (!stream) expect(body).not.toContain("14 days");
      else if (body.includes("14 ")) expect(body).toContain("disregard the answer above");
      expect(body).not.toContain(documentId);
    },
  );
});
