import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { botWith, refusal } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { auditLog } from "../identity/identity.tables.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let botId: string;
let promptId: string;
let documentId: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  const bot = await botWith(ada, { "Tea.md": "# Tea\n\nTea is served at four." });
  botId = bot.id;
  promptId = bot.activePromptId ?? "";
  documentId = bot.documents[0]?.id ?? "";
});
afterAll(() => server.close());

const oneOfPages = z.object({
  result: z.object({ data: z.object({ items: z.array(z.object({ name: z.string() })) }) }),
});

const auditOf = (subjectId: string) =>
  server.services.db.withTenant(ada.tenantId, (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.subjectId, subjectId)).orderBy(asc(auditLog.createdAt)),
  );

describe("a bot", () => {
  test("is made with its settings, a prompt, a public name and an entry in the audit log", async () => {
    const bot = await ada.trpc.bot.create.mutate({ name: " Help ", ragConfig: { topK: 3 } });
    expect(bot).toMatchObject({
      name: "Help",
      userId: ada.userId,
      status: "CREATING",
      documentCount: 0,
      ragConfig: { chunkSize: 1000, overlap: 100, topK: 3 },
      activeLlmConfigProvider: null,
      unsupportedClaims: "mark",
      withholdBelow: 0.5,
    });
    expect(bot.publicUrlId).toMatch(/^[0-9A-Za-z]{12}$/);
    const prompts = await ada.trpc.botPrompt.listByBotId.query({ botId: bot.id });
    expect(prompts).toMatchObject([{ id: bot.activePromptId, name: "Default", isActive: true }]);
    const changed = await ada.trpc.bot.update.mutate({ id: bot.id, name: "Helper", ragConfig: { topK: 4 } });
    expect(changed).toMatchObject({ name: "Helper", ragConfig: { chunkSize: 1000, topK: 4 } });
    await ada.trpc.bot.delete.mutate({ id: bot.id });
    expect(await ada.trpc.bot.byId.query({ id: bot.id })).toBeNull();
    expect(await refusal(ada.trpc.bot.delete.mutate({ id: bot.id }))).toBe("NOT_FOUND");
    const log = await auditOf(bot.id);
    expect(log.map((entry) => [entry.action, entry.actorId])).toEqual([
      ["bot.created", ada.userId],
      ["bot.updated", ada.userId],
      ["bot.deleted", ada.userId],
    ]);
    expect(log[1]).toMatchObject({ before: { name: "Help" }, after: { name: "Helper" } });
  });

  test("is READY once its documents are, and ERROR when none could be read", async () => {
    expect(await ada.trpc.bot.byId.query({ id: botId })).toMatchObject({
      id: botId,
      documents: expect.arrayContaining([expect.objectContaining({ id: documentId, botId })]),
    });
    const bad = await ada.trpc.bot.create.mutate({ name: "Bad" });
    await ada.trpc.botDocument.addManualText.mutate({ botId: bad.id, name: "Blank", content: " " });
    // by the time of the question the job may be through with it
    const { status } = (await ada.trpc.bot.byId.query({ id: bad.id })) ?? {};
    expect(status).toMatch(/^(PROCESSING_DOCUMENTS|ERROR)$/);
    await expect
      .poll(async () => (await ada.trpc.bot.byId.query({ id: bad.id }))?.status, { timeout: 10_000 })
      .toBe("ERROR");
  });

  test("is listed to its tenant alone, in pages, by name", async () => {
    expect((await eve.trpc.bot.list.query()).items).toEqual([]);
    for (const name of ["50% off", "50 percent", "Fifty"]) await eve.trpc.bot.create.mutate({ name });
    const found = await eve.trpc.bot.list.query({ search: "50%" });
    expect(found.items.map((bot) => bot.name)).toEqual(["50% off"]);
    const page = await eve.trpc.bot.list.query({ page: 2, pageSize: 2 });
    expect(page.items.map((bot) => bot.name)).toEqual(["50% off"]);
    expect(page.meta).toEqual({
      totalItems: 3,
      itemCount: 1,
      itemsPerPage: 2,
      totalPages: 2,
      currentPage: 2,
    });
    expect(page.links.next).toBeNull();
  });

  test("links to pages of the same search, as a client without tRPC follows them", async () => {
    for (const name of ["Linked A", "Linked B", "Linked C"]) await ada.trpc.bot.create.mutate({ name });
    const wish = { search: "Linked", pageSize: 1, sort: "name", direction: "desc" } as const;
    const second = await ada.trpc.bot.list.query({ ...wish, page: 2 });
    const namesAt = async (path: string | null) => {
      const response = await fetch(new URL(path ?? "", server.url), { headers: ada.headers });
      return oneOfPages.parse(await response.json()).result.data.items.map(({ name }) => name);
    };
    expect(await namesAt(second.links.first)).toEqual(["Linked C"]);
    expect(await namesAt(second.links.previous)).toEqual(["Linked C"]);
    expect(await namesAt(second.links.next)).toEqual(["Linked A"]);
    expect(await namesAt(second.links.last)).toEqual(["Linked A"]);
  });
});

describe("a prompt", () => {
  test("has a name of its own, one is active, and the active one stays", async () => {
    const bot = await ada.trpc.bot.create.mutate({ name: "Prompted" });
    const add = (name: string, setActive = false) =>
      ada.trpc.botPrompt.create.mutate({ botId: bot.id, name, content: name, setActive });
    const formal = await add("Formal", true);
    const playful = await add("Playful");
    expect(await refusal(add("Formal"))).toBe("PROMPT_NAME_TAKEN");
    expect(await refusal(ada.trpc.botPrompt.update.mutate({ id: playful.id, name: "Formal" }))).toBe(
      "PROMPT_NAME_TAKEN",
    );
    expect((await ada.trpc.botPrompt.update.mutate({ id: formal.id, name: "Formal" })).name).toBe("Formal");
    const names = await Promise.allSettled([add("Same"), add("Same"), add("Same")]);
    expect(names.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    await Promise.all(
      [formal, playful].map(({ id }) => ada.trpc.botPrompt.setActive.mutate({ botId: bot.id, promptId: id })),
    );
    const active = (await ada.trpc.botPrompt.listByBotId.query({ botId: bot.id })).filter(
      (prompt) => prompt.isActive,
    );
    expect(active).toHaveLength(1);
    const { id } = active[0] ?? { id: "" };
    expect(await refusal(ada.trpc.botPrompt.delete.mutate({ id }))).toBe("CONFLICT");
    const idle = id === formal.id ? playful : formal;
    await ada.trpc.botPrompt.delete.mutate({ id: idle.id });
    expect(await ada.trpc.botPrompt.byId.query({ id: idle.id })).toBeNull();
  });

  test("of another bot cannot be this one's", async () => {
    const other = await ada.trpc.bot.create.mutate({ name: "Other" });
    const set = { botId: other.id, promptId };
    expect(await refusal(ada.trpc.botPrompt.setActive.mutate(set))).toBe("NOT_FOUND");
    const remove = { botId: other.id, documentId };
    expect(await refusal(ada.trpc.botDocument.delete.mutate(remove))).toBe("NOT_FOUND");
  });
});

describe("a widget", () => {
  test("is made once, with the bot's name, and shows how it is embedded", async () => {
    const bot = await ada.trpc.bot.create.mutate({ name: "Shown" });
    const all = await Promise.all(
      [1, 2, 3].map(() => ada.trpc.widgetConfig.getByBotId.query({ botId: bot.id })),
    );
    expect(new Set(all.map((widget) => widget.widgetId)).size).toBe(1);
    expect(all[0]).toMatchObject({
      botId: bot.id,
      headerText: "Shown",
      initialGreeting: "Hello! How can I help you today?",
      allowedDomains: [],
      embedCode: `<script src="${server.url}/widget.js" data-widget="${all[0]?.widgetId}" async></script>`,
    });
    const changed = await ada.trpc.widgetConfig.update.mutate({
      botId: bot.id,
      allowedDomains: [" Shop.Example "],
      primaryColor: "#07F",
    });
    expect(changed).toMatchObject({
      headerText: "Shown",
      allowedDomains: ["shop.example"],
      primaryColor: "#0077FF",
    });
  });
});
