import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { botWith, processed } from "../../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../../tests/harness/server.ts";
import { contextFor } from "../../../faces/principal.ts";
import { bytesOf } from "../extraction/testing/make-files.ts";
import { documents } from "../knowledge.tables.ts";
import { replaceDocument } from "./renew-document.ts";

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const system = () => contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
const text = (words: string) => ({ bytes: bytesOf(words), mediaType: "text/markdown", fileName: "a.md" });

test("other bytes are a new version, searched from when it is ready; the same bytes are nothing", async () => {
  const bot = await botWith(ada, { "Hours.md": "The shop opens at nine." });
  const documentId = bot.documents[0]?.id ?? "";
  const same = await replaceDocument(system(), { documentId, ...text("The shop opens at nine.") });
  expect(same).toMatchObject({ status: "PROCESSED", updatedAt: new Date(bot.documents[0]?.updatedAt ?? 0) });

  const queued = await replaceDocument(system(), { documentId, ...text("The shop opens at ten.") });
  expect(queued).toMatchObject({ status: "PENDING", size: 22, chunkCount: 1 });
  await processed(ada, bot.id, documentId);
  expect(await ada.trpc.knowledge.get.query({ id: documentId })).toMatchObject({
    version: 2,
    text: "The shop opens at ten.",
  });
  expect((await ada.trpc.knowledge.get.query({ id: documentId, version: 1 })).text).toContain("nine");
});

test("a document that is being read is left alone", async () => {
  const bot = await botWith(ada, { "Hours.md": "The shop opens at nine." });
  const documentId = bot.documents[0]?.id ?? "";
  await server.services.db.withTenant(ada.tenantId, (tx) =>
    tx.update(documents).set({ status: "PROCESSING" }).where(eq(documents.id, documentId)),
  );
  const replacing = replaceDocument(system(), { documentId, ...text("Not now.") });
  await expect(replacing).rejects.toMatchObject({ code: "CONFLICT" });
});

test("what cannot be read leaves the version before in search", async () => {
  const bot = await botWith(ada, { "Hours.md": "The shop opens at nine." });
  const documentId = bot.documents[0]?.id ?? "";
  await replaceDocument(system(), {
    documentId,
    bytes: bytesOf("no pdf"),
    mediaType: "application/pdf",
    fileName: "a.pdf",
  });
  expect(await processed(ada, bot.id, documentId)).toMatchObject({
    status: "FAILED",
    errorCode: "TYPE_MISMATCH",
  });
  const content = await ada.trpc.knowledge.get.query({ id: documentId });
  expect(content).toMatchObject({ version: 1, text: "The shop opens at nine." });
});

test.each([
  ["nobody's document", {}, "NOT_FOUND"],
  ["no bytes", { bytes: new Uint8Array() }, "VALIDATION_ERROR"],
])("refuses %s", async (_title, change, code) => {
  const input = { documentId: crypto.randomUUID(), ...text("x"), ...change };
  await expect(replaceDocument(system(), input)).rejects.toMatchObject({ code });
});
