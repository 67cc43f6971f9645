import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askBot, memberChat } from "../harness/chat.ts";
import { type EmbeddingServer, startEmbeddingServer } from "../harness/embedding-server.ts";
import { eventually } from "../harness/eventually.ts";
import { type OpenAiServer, startOpenAiServer } from "../harness/openai-server.ts";
import { startTestServer, type TestServer, type TestUser } from "../harness/server.ts";
import { sitePage, startWebSite, type WebSite } from "../harness/web-site.ts";

/*
 * A bot is deleted at any moment of everything that works on it at once: its site is crawled, its documents are
 * read, another embedding model is built, it answers people and programs, and documents are still being added.
 * Nothing of it may stay, nothing may fail on our side, and every caller gets an answer or a refusal in words.
 */

const rounds = Number(process.env.DELETION_ROUNDS ?? 4);

let server: TestServer;
let site: WebSite;
let provider: OpenAiServer;
let embedder: EmbeddingServer;
const directory = mkdtempSync(join(tmpdir(), "parlance-deletion-"));
const faults: string[] = [];
const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);

beforeAll(async () => {
  process.on("unhandledRejection", note);
  site = await startWebSite();
  const paths = Array.from({ length: 12 }, (_, index) => `/page-${index}`);
  site.pages.set("/", sitePage("Home", paths));
  for (const path of paths) {
    site.pages.set(path, async (_request, response) => {
      await sleep(5 + Math.random() * 60);
      response.writeHead(200, { "content-type": "text/html" }).end(sitePage(`Page ${path}`, paths));
    });
  }
  provider = await startOpenAiServer();
  embedder = await startEmbeddingServer();
  embedder.answer = async () => {
    await sleep(Math.random() * 80);
    return 200;
  };
  server = await startTestServer(
    { OUTBOUND_ALLOWED_HOSTS: `${site.host},${provider.host},${embedder.host}`, DATA_DIR: directory },
    {
      log: (line) => {
        const { level, msg, error } = JSON.parse(line);
        if (level >= 50) faults.push(`${msg} ${JSON.stringify(error)?.slice(0, 600)}`);
      },
    },
  );
});
afterAll(async () => {
  await server.close();
  await Promise.all([site.close(), provider.close(), embedder.close()]);
  process.off("unhandledRejection", note);
  rmSync(directory, { recursive: true, force: true });
});

test.each(Array.from({ length: rounds }, (_, round) => round))(
  "a bot deleted in the middle of everything leaves nothing behind (%i)",
  { timeout: 120_000 },
  async (round) => {
    faults.length = 0;
    unhandled.length = 0;
    const ada = await server.signUp(`Ada ${round}`);
    const { id: botId } = await ada.trpc.bot.create.mutate({
      name: "Doomed",
      activeLlmConfigProvider: "openai",
    });
    await ada.trpc.user.setLlmApiKey.mutate({
      provider: "openai",
      apiKey: "sk-test",
      baseUrl: provider.baseUrl,
      model: "gpt-4o-mini",
    });
    await ada.trpc.user.setLlmApiKey.mutate({
      provider: "ollama",
      purpose: "embedding",
      apiKey: "",
      baseUrl: embedder.baseUrl,
      model: "words-24",
    });
    await ada.trpc.budget.set.mutate({ botId, limit: 5 });
    await ada.trpc.widgetConfig.getByBotId.query({ botId });
    const key = await ada.trpc.apiKeys.create.mutate({ name: "Program" });
    for (let i = 0; i < 3; i++) await ada.trpc.botDocument.addManualText.mutate(text(botId, i));
    await eventually(async () =>
      expect((await ada.trpc.bot.byId.query({ id: botId }))?.status).toBe("READY"),
    );

    const outcomes: string[] = [];
    const act = async (name: string, work: () => Promise<unknown>) => {
      try {
        await work();
      } catch (error) {
        outcomes.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    };
    const late = await ada.trpc.botDocument.getUploadPresignedUrl.mutate(file(botId));
    const work = [
      act("crawl", () => ada.trpc.botSource.add.mutate({ botId, kind: "site", url: `${site.url}/` })),
      act("embed", () => ada.trpc.knowledge.chooseEmbedding.mutate({ botId, model: "ollama:words-24" })),
      act("ask", () => askBot(server, memberChat(ada, botId), "When does shop 1 open?")),
      act("complete", () => complete(key.secret, botId)),
      ...Array.from({ length: 8 }, (_, i) =>
        act("add", async () => {
          await sleep(Math.random() * 900);
          await ada.trpc.botDocument.addManualText.mutate(text(botId, 10 + i));
        }),
      ),
      act("upload", () => upload(ada, botId)),
      act("more", async () => {
        await sleep(Math.random() * 900);
        await Promise.all([
          act("prompt", () =>
            ada.trpc.botPrompt.create.mutate({ botId, name: "P", content: "x", setActive: true }),
          ),
          act("budget", () => ada.trpc.budget.set.mutate({ botId, limit: 4 })),
          act("widget", () => ada.trpc.widgetConfig.update.mutate({ botId, headerText: "x" })),
          act("source", () =>
            ada.trpc.botSource.add.mutate({ botId, kind: "page", url: `${site.url}/page-1` }),
          ),
          act("key", () => ada.trpc.apiKeys.create.mutate({ name: "One bot", botId })),
        ]);
      }),
    ];
    await sleep(Math.random() * 900);
    await ada.trpc.bot.delete.mutate({ id: botId });
    await Promise.all(work);
    await act("late upload", () => put(late));
    await idle(ada.tenantId);

    expect(await rowsLeft(ada.tenantId)).toEqual({});
    // a link to upload by outlives its document: what came by it goes once it has run out
    const due = await laterRemovals();
    expect(blobsOf(ada.tenantId).filter((name) => !due.some((key) => name.includes(key)))).toEqual([]);
    for (const outcome of outcomes) expect(outcome).toMatch(/not found|was deleted|403|404|no longer/i);
    expect(faults).toEqual([]);
    expect(unhandled).toEqual([]);
  },
);

function text(botId: string, number: number) {
  return {
    botId,
    name: `Text ${number}`,
    content: `# Shop ${number}\n\nShop ${number} opens at nine.\n\n`.repeat(30),
  };
}

function file(botId: string) {
  return { botId, fileName: "late.txt", fileType: "text/plain", fileSize: 20 };
}

type Ticket = Awaited<ReturnType<TestUser["trpc"]["botDocument"]["getUploadPresignedUrl"]["mutate"]>>;

async function put({ uploadUrl, headers }: Ticket): Promise<void> {
  const response = await fetch(uploadUrl, { method: "PUT", headers, body: "x".repeat(20) });
  if (!response.ok) throw new Error(String(response.status));
}

async function upload(user: TestUser, botId: string): Promise<void> {
  const ticket = await user.trpc.botDocument.getUploadPresignedUrl.mutate(file(botId));
  await put(ticket);
  const { documentId, storagePath } = ticket;
  await user.trpc.botDocument.confirmUpload.mutate({ ...file(botId), documentId, storagePath });
}

async function complete(secret: string, botId: string): Promise<void> {
  const response = await fetch(`${server.url}/openai/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: botId,
      stream: true,
      messages: [{ role: "user", content: "When does shop 2 open?" }],
    }),
  });
  const body = await response.text();
  if (!response.ok) throw new Error(body);
}

/** Until no job is left that could do something now. */
async function idle(tenantId: string): Promise<void> {
  await eventually(
    async () => {
      const { rows } = await server.services.db.system().execute(sql`select name, state, data from jobs.job
        where state in ('created', 'retry', 'active') and start_after < now() + interval '60 seconds' and data->>'tenantId' = ${tenantId}
        or name = 'knowledge.delete-blobs' and state in ('created', 'retry', 'active') and start_after < now() + interval '60 seconds'`);
      expect(rows).toEqual([]);
    },
    { timeout: 60_000 },
  );
}

/** The names of the files that will be removed when no upload link for them works any more. */
async function laterRemovals(): Promise<string[]> {
  const { rows } = await server.services.db.system().execute<{ keys: string[] }>(
    sql`select data->'keys' as keys from jobs.job where name = 'knowledge.delete-blobs'
      and state = 'created' and start_after between now() + interval '890 seconds' and now() + interval '970 seconds'`,
  );
  return rows.flatMap(({ keys }) => keys.map((key) => key.replaceAll("/", "~")));
}

/** What outlives a bot on purpose: its conversations and their answers, what it cost, what was done and happened. */
const outlives = new Set([
  "answers",
  "api_key_places",
  "api_keys",
  "api_threads",
  "audit_log",
  "citations",
  "conversation_events",
  "conversations",
  "customers",
  "escalations",
  "handoff_briefs",
  "log_heads",
  "messages",
  "model_connections",
  "model_usage",
  "plan_uses",
  "security_alerts",
  "security_events",
  "tenant_plans",
]);

async function rowsLeft(tenantId: string): Promise<Record<string, number>> {
  const db = server.services.db.system();
  const { rows: tables } = await db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id'`,
  );
  const left: Record<string, number> = {};
  for (const { name } of tables) {
    if (outlives.has(name)) continue;
    const { rows } = await db.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(name)} where tenant_id = ${tenantId}`,
    );
    if (rows[0]?.n) left[name] = rows[0].n;
  }
  return left;
}

function blobsOf(tenantId: string): string[] {
  const root = join(directory, "blobs");
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .filter((name) => name.includes(tenantId));
}
