import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat, textOf } from "../../../../../tests/harness/chat.ts";
import {
  botWith,
  processed,
  refusal,
  type TestFile,
  upload,
} from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { bytesOf, docxParagraph, makeDocx, makePdf } from "./extraction/testing/make-files.ts";
import { hasSharedDocuments, sharedFile } from "./extraction/testing/shared-files.ts";
import { chunks, documents, documentVersions } from "./knowledge.tables.ts";

let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  botId = (await ada.trpc.bot.create.mutate({ name: "Reader" })).id;
});
afterAll(() => server.close());

const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const shared = (path: string, type: string): TestFile => ({
  name: path.split("/").at(-1) ?? path,
  type,
  bytes: sharedFile(path).bytes,
});
const rowsOf = (documentId: string) =>
  server.services.db.withTenant(ada.tenantId, async (tx) => ({
    documents: await tx.select().from(documents).where(eq(documents.id, documentId)),
    versions: await tx.select().from(documentVersions).where(eq(documentVersions.documentId, documentId)),
    chunks: await tx.select().from(chunks).where(eq(chunks.documentId, documentId)),
  }));

describe.skipIf(!hasSharedDocuments())("real files", () => {
  const files: { path: string; type: string; holds: string }[] = [
    { path: "pdf/ok/sample-files__pdflatex-4-pages.pdf", type: "application/pdf", holds: "" },
    { path: "docx/mammoth.js__tables.docx", type: docxType, holds: "Top left" },
    { path: "kb/fastify/index.md", type: "text/markdown", holds: "Fastify" },
    { path: "csv/csvs/location_coordinates.csv", type: "text/csv", holds: "" },
    { path: "html_pages/mozilla-1/source.html", type: "text/html", holds: "Firefox" },
    { path: "json/JSONTestSuite__y_object.json", type: "application/json", holds: "sdf" },
    { path: "text/big-list-of-naughty-strings__blns.txt", type: "text/plain", holds: "undefined" },
  ];
  test.each(files)("$path becomes searchable chunks that point into its text", async (file) => {
    const id = await upload(ada, botId, shared(file.path, file.type));
    const document = await processed(ada, botId, id);
    expect(document).toMatchObject({ status: "PROCESSED", progress: 100, stage: null, errorCode: null });
    expect(document.chunkCount).toBeGreaterThan(0);
    const content = await ada.trpc.knowledge.get.query({ id });
    expect(content.text).toContain(file.holds);
    const { items: list, meta } = await ada.trpc.knowledge.chunks.query({ documentId: id, pageSize: 200 });
    expect(list).toHaveLength(document.chunkCount);
    expect(meta.totalItems).toBe(document.chunkCount);
    for (const chunk of list) {
      expect(content.text.slice(chunk.startOffset, chunk.endOffset)).toBe(chunk.text);
    }
    const original = await fetch(content.downloadUrl ?? "");
    expect(Buffer.from(await original.arrayBuffer()).equals(sharedFile(file.path).bytes)).toBe(true);
  });

  test.each([
    ["pdf/broken/Test-PDF-Files__encrypted.pdf", "ENCRYPTED"],
    ["pdf/broken/Test-PDF-Files__corrupted.pdf", "CORRUPT"],
    ["pdf/ok/sample-files__grayscale-image.pdf", "NO_TEXT_LAYER"],
    ["json/JSONTestSuite__n_object_unterminated-value.json", "MALFORMED"],
  ])("%s fails with %s and words that help", async (path, code) => {
    const file = shared(path, path.endsWith("pdf") ? "application/pdf" : "application/json");
    const document = await processed(ada, botId, await upload(ada, botId, file));
    expect(document).toMatchObject({ status: "FAILED", errorCode: code, chunkCount: 0, stage: null });
    expect(document.errorMessage?.length).toBeGreaterThan(20);
  });
});

describe("a file that cannot be read", () => {
  const bad: { title: string; file: () => TestFile; codes: string[] }[] = [
    {
      title: "a zip bomb",
      file: () => ({
        name: "bomb.docx",
        type: docxType,
        bytes: makeDocx(docxParagraph("Hello"), { "word/media/zeros.bin": new Uint8Array(40_000_000) }),
      }),
      codes: ["TOO_LARGE"],
    },
    {
      title: "60,000 nested tags",
      file: () => ({
        name: "deep.html",
        type: "text/html",
        bytes: bytesOf(`<html><body>${"<div>".repeat(60_000)}deep${"</div>".repeat(60_000)}</body></html>`),
      }),
      codes: ["TOO_COMPLEX"],
    },
    {
      title: "a quotation mark that is never closed",
      file: () => ({ name: "open.csv", type: "text/csv", bytes: bytesOf('a,b\n1,2\n3,"open\n4,5\n') }),
      codes: ["MALFORMED"],
    },
    {
      title: "bytes that are no text",
      file: () => ({
        name: "noise.txt",
        type: "text/plain",
        bytes: Uint8Array.from({ length: 4_000 }, (_, index) => (index * 7919) % 256),
      }),
      codes: ["BAD_ENCODING", "TYPE_MISMATCH"],
    },
    {
      title: "blanks",
      file: () => ({ name: "blank.txt", type: "text/plain", bytes: bytesOf(" \n\t \n") }),
      codes: ["EMPTY_FILE"],
    },
    {
      title: "a PDF that shows a picture only",
      file: () => ({ name: "scan.pdf", type: "application/pdf", bytes: makePdf("--", {}) }),
      codes: ["NO_TEXT_LAYER"],
    },
    {
      title: "another kind of file than its name says",
      file: () => ({ name: "page.pdf", type: "application/pdf", bytes: bytesOf("<html>Hi</html>") }),
      codes: ["TYPE_MISMATCH"],
    },
  ];

  test("fails with its reason, while others are answered", async () => {
    const helper = await botWith(ada, shopTexts);
    const ids = await Promise.all(bad.map(({ file }) => upload(ada, botId, file())));
    const outcomes = Promise.all(ids.map((id) => processed(ada, botId, id)));
    let done = false;
    void outcomes.finally(() => {
      done = true;
    });
    let answered = 0;
    while (!done) {
      expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
      const answer = await askBot(server, memberChat(ada, helper.id), "Are shipping costs refunded?");
      expect(textOf(answer)).toContain("not refunded");
      if (++answered > 40) break; // the limit of questions a minute
    }
    const got = (await outcomes).map(({ status, errorCode, errorMessage }) => ({
      status,
      errorCode,
      hasWords: (errorMessage?.length ?? 0) > 20,
    }));
    for (const [index, { title, codes }] of bad.entries()) {
      expect(got[index], title).toEqual({ status: "FAILED", errorCode: expect.anything(), hasWords: true });
      expect(codes, title).toContain(got[index]?.errorCode);
    }
    expect(answered).toBeGreaterThan(0);
  });

  const announce = (change: object) =>
    ada.trpc.botDocument.getUploadPresignedUrl.mutate({
      botId,
      fileName: "a.txt",
      fileType: "text/plain",
      fileSize: 10,
      ...change,
    });
  test.each([
    [
      "an unknown type",
      { fileName: "setup.exe", fileType: "application/x-msdownload" },
      "FILE_TYPE_NOT_SUPPORTED",
    ],
    ["no type", { fileName: "README", fileType: "" }, "FILE_TYPE_NOT_SUPPORTED"],
    ["0 bytes", { fileSize: 0 }, "VALIDATION_ERROR"],
    ["-1 bytes", { fileSize: -1 }, "VALIDATION_ERROR"],
    ["half a byte", { fileSize: 0.5 }, "VALIDATION_ERROR"],
    ["100 MB", { fileSize: 100 * 1024 * 1024 }, "PAYLOAD_TOO_LARGE"],
    ["50 MB and a byte", { fileSize: 50 * 1024 * 1024 + 1 }, "PAYLOAD_TOO_LARGE"],
    ["no name", { fileName: "  " }, "VALIDATION_ERROR"],
    ["a name of 256 characters", { fileName: `${"a".repeat(252)}.txt` }, "VALIDATION_ERROR"],
    ["a name with NUL", { fileName: "a\u0000.txt" }, "VALIDATION_ERROR"],
  ])("is refused before it is sent: %s", async (_title, change, code) => {
    expect(await refusal(announce(change))).toBe(code);
  });
  test("of 50 MB, or with a name of 255 characters, may be sent", async () => {
    await announce({ fileSize: 50 * 1024 * 1024 });
    await announce({ fileName: `${"a".repeat(251)}.txt` });
  });

  test("of another size or type than announced is refused, and cannot be confirmed", async () => {
    const announced = { botId, fileName: "a.txt", fileType: "text/plain", fileSize: 10 };
    const ticket = await ada.trpc.botDocument.getUploadPresignedUrl.mutate(announced);
    const put = (body: string, headers = ticket.headers) =>
      fetch(ticket.uploadUrl, { method: "PUT", headers, body }).then((response) => response.status);
    expect(await put("far more than ten bytes")).toBe(413);
    expect(await put("less")).toBe(400);
    expect(await put("0123456789", { "content-type": "text/html" })).toBe(400);
    const { documentId, storagePath } = ticket;
    const confirm = () =>
      ada.trpc.botDocument.confirmUpload.mutate({ ...announced, documentId, storagePath });
    expect(await refusal(confirm())).toBe("VALIDATION_ERROR");
    const forged = (first: string) => `signature=${first === "0" ? "1" : "0"}`;
    expect(
      await fetch(
        ticket.uploadUrl.replace(/signature=(\w)/, (_, first: string) => forged(first)),
        {
          method: "PUT",
          headers: ticket.headers,
          body: "0123456789",
        },
      ).then((response) => response.status),
    ).toBe(403);
    const listed = await ada.trpc.botDocument.listByBotId.query({ botId });
    expect(listed.some((document) => document.id === documentId)).toBe(false);

    // the right bytes, confirmed twice at once, are processed once
    expect(await put("0123456789")).toBe(200);
    const both = await Promise.all([confirm(), confirm()]);
    expect(both.map((document) => document.id)).toEqual([documentId, documentId]);
    await processed(ada, botId, documentId);
    expect((await confirm()).status).toBe("PROCESSED");
    expect((await rowsOf(documentId)).versions).toHaveLength(1);
    const other = { ...announced, documentId, storagePath: "elsewhere" };
    expect(await refusal(ada.trpc.botDocument.confirmUpload.mutate(other))).toBe("VALIDATION_ERROR");
  });
});
