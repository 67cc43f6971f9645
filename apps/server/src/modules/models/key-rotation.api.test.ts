import { hkdfSync } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askBot, memberChat, textOf, verificationOf } from "../../../../../tests/harness/chat.ts";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import { type OpenAiServer, startOpenAiServer } from "../../../../../tests/harness/openai-server.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import {
  password,
  postAuth,
  sessionOf,
  startTestServer,
  type TestServer,
  type TestUser,
} from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { runMaintenance } from "../../app/maintenance.ts";
import { contextFor } from "../../faces/principal.ts";
import { createVault } from "../../platform/crypto/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { modelConnections } from "./models.tables.ts";
import { listConnections } from "./service/connections.ts";

const secret = (fill: string) => Buffer.alloc(32, fill).toString("base64");
const [former, current] = [secret("a"), secret("b")];
const question = "How many days does a refund take after the parcel?";
const key = "sk-sealed-long-ago";

let provider: OpenAiServer;
let db: Db;
beforeAll(async () => {
  provider = await startOpenAiServer();
  db = await openTestDb();
});
afterAll(async () => {
  await db.close();
  await provider.close();
});

/** Works with a server that was started with these secrets, over the one database. */
async function started<T>(env: Record<string, string>, work: (server: TestServer) => Promise<T>): Promise<T> {
  const server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: provider.host, ...env }, { db });
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

/** Sessions end with the secret that signs them. */
async function signInAgain(server: TestServer, user: TestUser): Promise<TestUser["headers"]> {
  const response = await postAuth(server.url, "login", { email: user.email, password });
  expect(response.status).toBe(200);
  return (await sessionOf(server.url, response)).headers;
}

const connections = (server: TestServer, { tenantId }: TestUser) =>
  listConnections(contextFor(server.services, { kind: "system", name: "test" }, tenantId, null));

test("a secret is changed without a key being entered again", async () => {
  const { ada, botId } = await started({ PARLANCE_SECRET: former }, async (server) => {
    const ada = await server.signUp("Ada");
    const botId = (await botWith(ada, shopTexts)).id;
    await ada.trpc.user.setLlmApiKey.mutate({
      provider: "openai",
      apiKey: key,
      baseUrl: provider.baseUrl,
      model: "fake-1",
    });
    return { ada, botId };
  });
  const ask = async (server: TestServer) =>
    askBot(server, memberChat({ ...ada, headers: await signInAgain(server, ada) }, botId), question);

  // the former secret was forgotten: the bot quotes, and the list says what to do
  await started({ PARLANCE_SECRET: current }, async (server) => {
    await runMaintenance(server.services);
    const answer = await ask(server);
    expect(textOf(answer)).toContain("14 days");
    expect(verificationOf(answer).mode).toBe("extractive");
    const [connection] = await connections(server, ada);
    expect(connection).toMatchObject({ isConfigured: true, state: "unreadable" });
    expect(connection?.statusMessage).toMatch(/cannot be read.*Enter the key again/);
  });

  await started({ PARLANCE_SECRET: current, PARLANCE_SECRET_PREVIOUS: former }, async (server) => {
    expect(verificationOf(await ask(server)).mode).toBe("model");
    await runMaintenance(server.services);
  });

  await started({ PARLANCE_SECRET: current }, async (server) => {
    expect(await connections(server, ada)).toMatchObject([{ state: "working" }, {}, {}, {}, {}, {}]);
    expect(verificationOf(await ask(server)).mode).toBe("model");
    expect(provider.requests.at(-1)?.headers.authorization).toBe(`Bearer ${key}`);
  });
});

test("what was sealed when every key was named 1 still opens, and is sealed again", async () => {
  await started({ PARLANCE_SECRET: former }, async (server) => {
    const ada = await server.signUp("Old");
    const derived = new Uint8Array(hkdfSync("sha256", Buffer.from(former, "base64"), "", "vault", 32));
    const old = createVault({ masterKeys: [{ id: "1", key: derived }] });
    const columns = {
      provider: "ollama",
      model: "m",
      sealedKey: old.seal(ada.tenantId, "model-key", key),
    } as const;
    await db.withTenant(ada.tenantId, (tx) =>
      tx.insert(modelConnections).values({ tenantId: ada.tenantId, ...columns }),
    );
    const ollama = async () =>
      (await connections(server, ada)).find((one) => one.provider === "ollama" && one.isConfigured);
    expect(await ollama()).toMatchObject({ state: "working" });
    await runMaintenance(server.services);
    const [row] = await db.withTenant(ada.tenantId, (tx) => tx.select().from(modelConnections));
    expect(server.services.vault.isCurrent(row?.sealedKey ?? "")).toBe(true);
    expect(row?.sealedKey).not.toMatch(/^v1\.1\./);
    expect(await ollama()).toMatchObject({ state: "working" });
  });
});
