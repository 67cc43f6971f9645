import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../../../../../../tests/harness/server.ts";
import { contextFor } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { documents } from "../knowledge.tables.ts";
import { tidyDocuments } from "./tidy-documents.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ PROCESS: "web" });
});
afterAll(() => server.close());

test("a document that stopped moving fails, an unconfirmed upload goes, others stay", async () => {
  const ada = await server.signUp();
  const bot = await ada.trpc.bot.create.mutate({ name: "Help" });
  const announce = () =>
    ada.trpc.botDocument.getUploadPresignedUrl.mutate({
      botId: bot.id,
      fileName: "a.md",
      fileType: "text/markdown",
      fileSize: 10,
    });
  const [stuck, moving, forgotten, fresh] = [
    await announce(),
    await announce(),
    await announce(),
    await announce(),
  ];
  const ctx = contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
  const long = new Date(Date.now() - 30 * 3_600_000);
  const set = (id: string, values: Partial<typeof documents.$inferInsert>) =>
    inTx(ctx, (ctx) => ctx.tx.update(documents).set(values).where(eq(documents.id, id)));
  await set(stuck.documentId, { status: "PROCESSING", stage: "reading", updatedAt: long });
  await set(moving.documentId, { status: "PROCESSING", stage: "reading" });
  await set(forgotten.documentId, { createdAt: long });

  await tidyDocuments(ctx);

  const left = await inTx(ctx, (ctx) =>
    ctx.tx.select({ id: documents.id, status: documents.status, error: documents.errorCode }).from(documents),
  );
  expect(new Map(left.map(({ id, status, error }) => [id, [status, error]]))).toEqual(
    new Map([
      [stuck.documentId, ["FAILED", "PROCESSING_FAILED"]],
      [moving.documentId, ["PROCESSING", null]],
      [fresh.documentId, ["PENDING", null]],
    ]),
  );
});
