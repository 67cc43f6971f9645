import { and, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat } from "../../../../../tests/harness/chat.ts";
import { botWith, colleague, refusal } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { auditLog } from "../identity/identity.tables.ts";
import { botPromptVersions } from "./bots.tables.ts";

let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let botId: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  bob = await colleague(server, ada, "admin");
  botId = (await ada.trpc.bot.create.mutate({ name: "Prompted" })).id;
});
afterAll(() => server.close());

let made = 0;
const add = (content = "One.", name = `Prompt ${++made}`) =>
  ada.trpc.botPrompt.create.mutate({ botId, name, content });
const update = (id: string, change: { name?: string; content?: string; baseVersion?: number }) =>
  ada.trpc.botPrompt.update.mutate({ id, ...change });
const rollback = (id: string, version: number) => ada.trpc.botPrompt.rollback.mutate({ id, version });
const history = async (id: string) => (await ada.trpc.botPrompt.history.query({ id, pageSize: 100 })).items;

describe("the history of a prompt", () => {
  test("has a version for each change, newest first, with who and when", async () => {
    const prompt = await add("One.", "Kind");
    expect(prompt.version).toBe(1);
    const second = await bob.trpc.botPrompt.update.mutate({ id: prompt.id, content: "Two." });
    expect(second).toMatchObject({ version: 2, content: "Two." });
    await update(prompt.id, { name: "Kinder" });
    const page = await ada.trpc.botPrompt.history.query({ id: prompt.id });
    expect(page.items).toMatchObject([
      { version: 3, name: "Kinder", characters: 4, restoredFrom: null, createdBy: { id: ada.userId } },
      { version: 2, name: "Kind", createdBy: { id: bob.userId, name: "admin" }, createdAt: second.updatedAt },
      { version: 1, name: "Kind", createdBy: { name: "Ada" } },
    ]);
    expect(page.meta).toMatchObject({ totalItems: 3, totalPages: 1 });
    const first = await ada.trpc.botPrompt.version.query({ id: prompt.id, version: 1 });
    expect(first).toMatchObject({ promptId: prompt.id, version: 1, name: "Kind", content: "One." });
    const paged = await ada.trpc.botPrompt.history.query({ id: prompt.id, page: 2, pageSize: 2 });
    expect(paged.items.map(({ version }) => version)).toEqual([1]);
    expect(paged.meta).toMatchObject({ totalItems: 3, totalPages: 2, currentPage: 2 });
  });

  test("has none for what changes nothing, and none for putting a prompt to use", async () => {
    const prompt = await add("Same.");
    await update(prompt.id, { content: "Same." });
    await update(prompt.id, { name: prompt.name });
    await update(prompt.id, {});
    await ada.trpc.botPrompt.setActive.mutate({ botId, promptId: prompt.id });
    expect((await history(prompt.id)).map(({ version }) => version)).toEqual([1]);
    expect((await rollback(prompt.id, 1)).version).toBe(1);
    expect(await refusal(rollback(prompt.id, 2))).toBe("NOT_FOUND");
    expect(await refusal(ada.trpc.botPrompt.version.query({ id: prompt.id, version: 2 }))).toBe("NOT_FOUND");
  });

  test("goes with its prompt", async () => {
    const prompt = await add();
    await update(prompt.id, { content: "Two." });
    await ada.trpc.botPrompt.delete.mutate({ id: prompt.id });
    expect(await refusal(ada.trpc.botPrompt.history.query({ id: prompt.id }))).toBe("NOT_FOUND");
    const left = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.select().from(botPromptVersions).where(eq(botPromptVersions.promptId, prompt.id)),
    );
    expect(left).toEqual([]);
  });

  test("begins at version 1 for a prompt from before there were versions", async () => {
    const prompt = await add("Old.");
    const forget = () =>
      server.services.db.withTenant(ada.tenantId, (tx) =>
        tx.delete(botPromptVersions).where(eq(botPromptVersions.promptId, prompt.id)),
      );
    await forget();
    expect(await history(prompt.id)).toMatchObject([{ version: 1, name: prompt.name, createdBy: null }]);
    expect(await ada.trpc.botPrompt.version.query({ id: prompt.id, version: 1 })).toMatchObject({
      content: "Old.",
    });
    const stale = update(prompt.id, { content: "New.", baseVersion: 2 });
    expect(await refusal(stale)).toBe("CONFLICT");
    await update(prompt.id, { content: "New.", baseVersion: 1 });
    expect((await history(prompt.id)).map(({ version }) => version)).toEqual([2, 1]);
    expect(await rollback(prompt.id, 1)).toMatchObject({ version: 3, content: "Old.", nameKept: false });
  });
});

describe("a rollback", () => {
  test("is the next version, says from which it comes, and is in the audit log", async () => {
    const prompt = await add("One.", "First name");
    await update(prompt.id, { name: "Second name", content: "Two." });
    const back = await rollback(prompt.id, 1);
    expect(back).toMatchObject({ version: 3, name: "First name", content: "One.", nameKept: false });
    expect((await history(prompt.id))[0]).toMatchObject({ version: 3, restoredFrom: 1 });
    const [entry] = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx
        .select()
        .from(auditLog)
        .where(and(eq(auditLog.subjectId, prompt.id), eq(auditLog.action, "prompt.restored"))),
    );
    expect(entry).toMatchObject({
      actorId: ada.userId,
      before: { content: "Two.", version: 2 },
      after: { content: "One.", version: 3, from: 1 },
    });
  });

  test("restores the text and keeps the name where another prompt took the old one", async () => {
    const prompt = await add("One.", "Wanted");
    await update(prompt.id, { name: "Free", content: "Two." });
    await add("Other.", "Wanted");
    expect(await rollback(prompt.id, 1)).toMatchObject({
      name: "Free",
      content: "One.",
      version: 3,
      nameKept: true,
    });
  });

  test("of a prompt in use is what the bot answers by, and the answer's trace tells which text it was", async () => {
    const bot = await botWith(ada, { "Tea.md": "# Tea\n\nTea is served at four in the afternoon." });
    const id = bot.activePromptId ?? "";
    const ask = async () => {
      const reply = await askBot(server, memberChat(ada, bot.id), "When is tea served?");
      return (await ada.trpc.answers.get.query({ id: reply.metadata?.answerId ?? "" })).trace;
    };
    expect(await ask()).toMatchObject({ promptId: id, promptVersion: 1 });
    await update(id, { content: "Answer like a pirate." });
    const changed = await ask();
    expect(changed).toMatchObject({ promptId: id, promptVersion: 2 });
    expect(changed.instructions).toContain("Answer like a pirate.");
    await rollback(id, 1);
    const restored = await ask();
    expect(restored).toMatchObject({ promptId: id, promptVersion: 3 });
    const { content } = await ada.trpc.botPrompt.version.query({ id, version: restored.promptVersion ?? 0 });
    expect(restored.instructions).toContain(content);
  });
});

describe("two writers", () => {
  test("with the version that they read: one is told who was faster, and overwrites nothing", async () => {
    const prompt = await add("One.");
    const both = await Promise.allSettled([
      bob.trpc.botPrompt.update.mutate({ id: prompt.id, content: "Bob's.", baseVersion: 1 }),
      ada.trpc.botPrompt.update.mutate({ id: prompt.id, content: "Ada's.", baseVersion: 1 }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await history(prompt.id)).toHaveLength(2);
    await bob.trpc.botPrompt.update.mutate({ id: prompt.id, content: "Bob's last." });
    const refused = await update(prompt.id, { content: "Mine.", baseVersion: 2 }).catch((error) => error);
    expect(refused.message).toBe(
      "admin changed this prompt: it is at version 3, and this change began from version 2. " +
        "Read the newest version and make the change again.",
    );
    expect(refused.data).toMatchObject({
      errorCode: "CONFLICT",
      details: { version: 3, changedBy: { id: bob.userId, name: "admin" } },
    });
    const rolled = ada.trpc.botPrompt.rollback.mutate({ id: prompt.id, version: 1, baseVersion: 2 });
    expect(await refusal(rolled)).toBe("CONFLICT");
    expect((await ada.trpc.botPrompt.byId.query({ id: prompt.id }))?.content).toBe("Bob's last.");
  });

  test("without it: every one of their texts is kept", async () => {
    const prompt = await add("Start.");
    const texts = Array.from({ length: 20 }, (_, n) => `Text ${n}.`);
    await Promise.all(
      texts.map((content, n) => (n % 2 ? ada : bob).trpc.botPrompt.update.mutate({ id: prompt.id, content })),
    );
    const versions = await history(prompt.id);
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 21 }, (_, n) => 21 - n));
    const kept = await Promise.all(
      versions.map(({ version }) => ada.trpc.botPrompt.version.query({ id: prompt.id, version })),
    );
    expect(kept.map(({ content }) => content).toSorted()).toEqual([...texts, "Start."].toSorted());
  });
});

/** What is done to a prompt: another text, another name, both, or back to a version (of those that there are). */
const act = fc.oneof(
  fc.record({ content: fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }) }),
  fc.record({ content: fc.constantFrom("Same.", "Kind.", "كن لطيفًا.") }),
  fc.record({ name: fc.constantFrom("a", "b", "c") }),
  fc.record({ name: fc.constantFrom("a", "b"), content: fc.constantFrom("Same.", "Kind.") }),
  fc.record({ back: fc.nat() }),
);

test("whatever is done, versions have no gaps, and a rollback restores exactly", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const prefix = `Run ${++run} `;
      const prompt = await add("Start.", `${prefix}a`);
      const model = [{ name: prompt.name, content: "Start.", from: null as number | null }];
      for (const each of acts) {
        const now = model.at(-1) ?? { name: "", content: "" };
        if ("back" in each) {
          const version = (each.back % model.length) + 1;
          const wanted = model[version - 1] ?? now;
          const got = await rollback(prompt.id, version);
          expect([got.name, got.content]).toEqual([wanted.name, wanted.content]);
          if (wanted.name !== now.name || wanted.content !== now.content) {
            model.push({ ...wanted, from: version });
          }
          expect(got.version).toBe(model.length);
          continue;
        }
        if ("content" in each && each.content?.includes("\0")) continue; // refused everywhere
        const change = "name" in each ? { ...each, name: prefix + each.name } : each;
        const next = { ...now, ...change, from: null };
        const got = await update(prompt.id, { ...change, baseVersion: model.length });
        if (next.name !== now.name || next.content !== now.content) model.push(next);
        expect(got).toMatchObject({ name: next.name, content: next.content, version: model.length });
      }
      const versions = await Promise.all(
        model.map((_, n) => ada.trpc.botPrompt.version.query({ id: prompt.id, version: n + 1 })),
      );
      expect(versions.map(({ name, content, restoredFrom: from }) => ({ name, content, from }))).toEqual(
        model,
      );
      expect((await history(prompt.id)).map(({ version }) => version)).toEqual(
        model.map((_, n) => model.length - n),
      );
    }),
    { numRuns: 15 },
  );
});
