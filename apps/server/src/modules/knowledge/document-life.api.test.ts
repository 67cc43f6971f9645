import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat, readEvents, textOf } from "../../../../../tests/harness/chat.ts";
import { botWith, refusal, upload } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { bytesOf } from "./extraction/testing/make-files.ts";
import { chunks, documents, documentVersions } from "./knowledge.tables.ts";

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const rowsOf = (documentId: string) =>
  server.services.db.withTenant(ada.tenantId, async (tx) => ({
    documents: await tx.select().from(documents).where(eq(documents.id, documentId)),
    versions: await tx.select().from(documentVersions).where(eq(documentVersions.documentId, documentId)),
    chunks: await tx.select().from(chunks).where(eq(chunks.documentId, documentId)),
  }));

describe("a document's life", () => {
  const items = (count: number) =>
    Array.from(
      { length: count },
      (_, n) => `# Item ${n}\n\nThe crate numbered ${n} weighs ${n + 7} grams.\n`,
    );

  async function changesOf(id: string) {
    const input = encodeURIComponent(JSON.stringify({ botId: id }));
    const live = await readEvents(`${server.url}/trpc/botDocument.changes?input=${input}`, ada.headers);
    await live.until((events) => events.some((event) => event.event === "connected"));
    return live;
  }

  test("is told live, to its end", async () => {
    const bot = await ada.trpc.bot.create.mutate({ name: "Live" });
    const live = await changesOf(bot.id);
    const file = { name: "crates.md", type: "text/markdown", bytes: bytesOf(items(300).join("\n")) };
    const id = await upload(ada, bot.id, file);
    const events = await live.until((all) => JSON.stringify(all.at(-1)).includes('"PROCESSED"'));
    const seen = events.flatMap(({ data }) =>
      typeof data === "object" && data !== null && Reflect.get(data, "id") === id
        ? [{ status: Reflect.get(data, "status"), progress: Number(Reflect.get(data, "progress")) }]
        : [],
    );
    expect(seen.at(-1)).toEqual({ status: "PROCESSED", progress: 100 });
    expect(seen.map(({ status }) => status)).toContain("PROCESSING");
    const progress = seen.map((one) => one.progress);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(new Set(progress).size).toBeGreaterThan(3);
    await ada.trpc.botDocument.delete.mutate({ botId: bot.id, documentId: id });
    const last = (await live.until((all) => JSON.stringify(all.at(-1)).includes("deleted"))).at(-1);
    expect(last?.data).toEqual({ id, deleted: true });
    await live.close();
  });

  test("processed again, the old version is searched until the new one is ready", async () => {
    const bot = await botWith(ada, { "Crates.md": items(3_000).join("\n") });
    const [document] = bot.documents;
    if (!document) throw new Error("There is no document.");
    const queued = await ada.trpc.knowledge.reprocess.mutate({ id: document.id });
    expect(queued).toMatchObject({ status: "PENDING", stage: "queued", chunkCount: document.chunkCount });
    expect(await refusal(ada.trpc.knowledge.reprocess.mutate({ id: document.id }))).toBe("CONFLICT");
    let asked = 0;
    for (;;) {
      const [now] = await ada.trpc.botDocument.listByBotId.query({ botId: bot.id });
      const answer = await askBot(server, memberChat(ada, bot.id), "What does the crate numbered 417 weigh?");
      expect(textOf(answer)).toContain("424 grams");
      asked++;
      if (now?.status === "PROCESSED") break;
    }
    expect(asked).toBeGreaterThan(1);
    const content = await ada.trpc.knowledge.get.query({ id: document.id });
    expect(content).toMatchObject({ version: 2, currentVersion: 2 });
    const old = await ada.trpc.knowledge.get.query({ id: document.id, version: 1 });
    expect(old.text).toBe(content.text);
    expect((await rowsOf(document.id)).chunks).toHaveLength(document.chunkCount);
  });

  test("ends at once for search when it is deleted", async () => {
    const bot = await botWith(ada, shopTexts);
    const refunds = bot.documents.find((document) => document.fileName === "Refunds.md");
    const ask = () =>
      askBot(server, memberChat(ada, bot.id), "How long does a refund take after the parcel?");
    expect(textOf(await ask())).toContain("14 days");
    await ada.trpc.botDocument.delete.mutate({ botId: bot.id, documentId: refunds?.id ?? "" });
    expect(textOf(await ask())).not.toContain("14 days");
    const gone = await rowsOf(refunds?.id ?? "");
    expect([gone.documents, gone.versions, gone.chunks]).toEqual([[], [], []]);
    const again = { botId: bot.id, documentId: refunds?.id ?? "" };
    expect(await refusal(ada.trpc.botDocument.delete.mutate(again))).toBe("NOT_FOUND");
  });

  test("deleted, or with its bot, while it is processed, leaves nothing behind", async () => {
    for (const withBot of [false, true]) {
      const bot = await ada.trpc.bot.create.mutate({ name: "Short" });
      const live = await changesOf(bot.id);
      const file = { name: "crates.md", type: "text/markdown", bytes: bytesOf(items(3_000).join("\n")) };
      const id = await upload(ada, bot.id, file);
      await live.until((events) => JSON.stringify(events).includes('"indexing"'));
      await live.close();
      if (withBot) await ada.trpc.bot.delete.mutate({ id: bot.id });
      else await ada.trpc.botDocument.delete.mutate({ botId: bot.id, documentId: id });
      // a document that is processed after it shows that the worker went on
      const next = await botWith(ada, { "Next.md": "# Next\n\nThe next one is fine." });
      expect(next.documents[0]?.status).toBe("PROCESSED");
      const left = await rowsOf(id);
      expect([left.documents, left.versions, left.chunks]).toEqual([[], [], []]);
    }
  });

  test("a bot that is deleted while it answers still ends its answer", async () => {
    const bot = await botWith(ada, shopTexts);
    const answers = Array.from({ length: 4 }, () =>
      askBot(server, memberChat(ada, bot.id), "Which moons of Jupiter have volcanoes?").then(
        // words, or a person where it had not begun, or a refusal where the bot was gone before
        (message) => textOf(message) || message.parts.map((part) => part.type).join(" "),
        String,
      ),
    );
    await ada.trpc.bot.delete.mutate({ id: bot.id });
    for (const outcome of await Promise.all(answers)) {
      expect(outcome).toMatch(/I did not find|I could not answer|data-delivered|not found/);
    }
  });
});
