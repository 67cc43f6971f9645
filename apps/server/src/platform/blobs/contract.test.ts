import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOutbound } from "../http/index.ts";
import { startFakeS3 } from "./fake-s3.ts";
import { type BlobStore, createS3BlobStore } from "./index.ts";
import { startDiskServer } from "./test-disk-server.ts";

type Subject = {
  store: BlobStore;
  reach: (link: string) => string;
  close: () => Promise<void>;
  leftovers?: () => number;
};

const subjects: [string, () => Promise<Subject>][] = [
  ["disk", () => startDiskServer({ maxBytes: 10_000_000 })],
  [
    "S3",
    async () => {
      const credentials = { accessKeyId: "AKTEST", secretAccessKey: "secret/+=", region: "eu-test-1" };
      const { endpoint, openUploads, close } = await startFakeS3("files", credentials);
      const { fetch } = createOutbound({ allowPrivate: true }); // as the server will use it
      const store = createS3BlobStore({
        endpoint,
        bucket: "files",
        forcePathStyle: true,
        fetch,
        ...credentials,
      });
      return { store, close, reach: (link) => link, leftovers: () => openUploads.size };
    },
  ],
];

const text = (value: string) => new TextEncoder().encode(value);

describe.each(subjects)("blob store: %s", (_name, start) => {
  let subject: Subject;
  let store: BlobStore;
  beforeAll(async () => {
    subject = await start();
    store = subject.store;
  });
  afterAll(() => subject.close());

  const upload = async (key: string, contentType: string, size: number) => {
    const link = await store.presignUpload({ key, contentType, size, expiresInSeconds: 60 });
    return { ...link, url: subject.reach(link.url) };
  };
  const download = async (key: string, more: { fileName?: string; disposition?: "inline" } = {}) =>
    subject.reach((await store.presignDownload({ key, expiresInSeconds: 60, ...more })).url);

  it("keeps bytes and type, replaces them, and forgets them", async () => {
    const bytes = new Uint8Array(randomBytes(1_000_003));
    await store.put("t1/doc-1/v1.pdf", bytes, { contentType: "application/pdf" });
    expect(Buffer.compare(await store.get("t1/doc-1/v1.pdf"), bytes)).toBe(0);
    expect(await store.head("t1/doc-1/v1.pdf")).toEqual({ size: 1_000_003, contentType: "application/pdf" });
    await store.put("t1/doc-1/v1.pdf", text("new"), { contentType: "text/plain" });
    expect(await store.get("t1/doc-1/v1.pdf")).toEqual(text("new"));
    expect(await store.head("t1/doc-1/v1.pdf")).toEqual({ size: 3, contentType: "text/plain" });
    await store.delete("t1/doc-1/v1.pdf");
    expect(await store.head("t1/doc-1/v1.pdf")).toBeNull();
  });

  it("writes a stream as it comes, and nothing of one that fails", async () => {
    const pieces = Array.from({ length: 20 }, () => new Uint8Array(randomBytes(1_000_000)));
    async function* stream(breaksAt = pieces.length) {
      for (const [at, piece] of pieces.entries()) {
        if (at === breaksAt) throw new Error("The source broke.");
        yield piece;
      }
    }
    for (const count of [20, 3, 0]) {
      await store.putStream(
        "s/streamed",
        (async function* () {
          yield* pieces.slice(0, count);
        })(),
        {
          contentType: "application/zip",
        },
      );
      expect(Buffer.compare(await store.get("s/streamed"), Buffer.concat(pieces.slice(0, count)))).toBe(0);
      expect((await store.head("s/streamed"))?.contentType).toBe("application/zip");
    }
    for (const breaksAt of [2, 19]) {
      const broken = store.putStream("s/broken", stream(breaksAt), { contentType: "application/zip" });
      await expect(broken).rejects.toThrow("The source broke.");
    }
    expect(await store.head("s/broken")).toBeNull();
    expect(subject.leftovers?.() ?? 0).toBe(0);
  });

  it("lists the keys below a folder and no others", async () => {
    for (const key of ["l1/a", "l1/b/c", "l1/d", "l10/a", "l/a"]) {
      await store.put(key, text("x"), { contentType: "text/plain" });
    }
    const keys = [];
    for await (const key of store.list("l1")) keys.push(key);
    expect(keys.sort()).toEqual(["l1/a", "l1/b/c", "l1/d"]);
    for await (const key of store.list("nothing-there")) expect(key).toBeUndefined();
  });

  it("keeps an empty blob, and a key beside another that continues it", async () => {
    await store.put("a", new Uint8Array(), { contentType: "text/plain" });
    await store.put("a/b", text("b"), { contentType: "text/plain" });
    expect(await store.get("a")).toEqual(new Uint8Array());
    expect(await store.get("a/b")).toEqual(text("b"));
  });

  it("says that an absent blob is absent", async () => {
    await expect(store.get("absent")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await store.head("absent")).toBeNull();
    await store.delete("absent");
  });

  it.each([
    ...[
      "",
      "/",
      "/a",
      "a/",
      "a//b",
      ".",
      "..",
      "../a",
      "a/../b",
      "a/..",
      ".hidden",
      "a/.hidden",
      "a\\b",
      "a b",
      "a\0b",
    ],
    ...["a%2e%2e", "é", "a~b", "a?b", "a#b", "a\n", "x".repeat(201)],
  ])("refuses the key %j in every verb", async (key) => {
    const refused = { code: "VALIDATION_ERROR" };
    const plain = { contentType: "text/plain" };
    await expect(store.put(key, text("x"), plain)).rejects.toMatchObject(refused);
    await expect(store.get(key)).rejects.toMatchObject(refused);
    await expect(store.head(key)).rejects.toMatchObject(refused);
    await expect(store.delete(key)).rejects.toMatchObject(refused);
    await expect(upload(key, "text/plain", 1)).rejects.toMatchObject(refused);
    await expect(download(key)).rejects.toMatchObject(refused);
  });

  it.each(["", "text", "text/plain\r\nx-evil: 1", "text/plain\n", "a/b/c"])(
    "refuses the type %j",
    async (contentType) => {
      const refused = { code: "VALIDATION_ERROR" };
      await expect(store.put("k", text("x"), { contentType })).rejects.toMatchObject(refused);
      await expect(upload("k", contentType, 1)).rejects.toMatchObject(refused);
    },
  );

  it("refuses sizes and lifetimes that cannot be", async () => {
    const refused = { code: "VALIDATION_ERROR" };
    for (const size of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(upload("k", "text/plain", size)).rejects.toMatchObject(refused);
    }
    for (const expiresInSeconds of [0, -1, 1.5, 604_801]) {
      await expect(store.presignDownload({ key: "k", expiresInSeconds })).rejects.toMatchObject(refused);
    }
  });

  it("takes an upload by link", async () => {
    const link = await upload("t/up.csv", "text/csv; charset=utf-8", 5);
    expect(link.method).toBe("PUT");
    expect(link.expiresAt.getTime()).toBeGreaterThan(Date.now());
    const response = await fetch(link.url, {
      method: link.method,
      headers: link.headers,
      body: text("a;b;c"),
    });
    expect(response.status).toBe(200);
    expect(await store.get("t/up.csv")).toEqual(text("a;b;c"));
    expect(await store.head("t/up.csv")).toEqual({ size: 5, contentType: "text/csv; charset=utf-8" });
  });

  it.each([
    ["more bytes", "text/plain", "123456"],
    ["fewer bytes", "text/plain", "1234"],
    ["another type", "text/html", "12345"],
  ])("refuses %s than agreed, and keeps nothing", async (_what, type, body) => {
    const link = await upload("t/wrong", "text/plain", 5);
    const response = await fetch(link.url, {
      method: "PUT",
      headers: { "content-type": type },
      body: text(body),
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await store.head("t/wrong")).toBeNull();
  });

  it("refuses a link that was altered in any part", async () => {
    await store.put("t/mine", text("mine!"), { contentType: "text/plain" });
    await store.put("t/other", text("other"), { contentType: "text/plain" });
    const link = await upload("t/mine", "text/plain", 5);
    const from = await download("t/mine");
    const put = (url: string) => fetch(url, { method: "PUT", headers: link.headers, body: text("evil!") });
    const altered = (url: string, name: string, value: string) => {
      const changed = new URL(url);
      expect(changed.searchParams.has(name)).toBe(true);
      changed.searchParams.set(name, value);
      return changed.href;
    };
    const [expires, signature] = link.url.includes("X-Amz")
      ? ["X-Amz-Expires", "X-Amz-Signature"]
      : ["expires", "signature"];
    const answers = [
      await put(link.url.replace("/mine?", "/other?")),
      await put(altered(link.url, expires, "4102444800")),
      await put(altered(link.url, signature, "0".repeat(64))),
      await put(from),
      await put(link.url.replace(/\?.*/, "")),
      await fetch(from.replace("/mine?", "/other?")),
      await fetch(altered(from, expires, "4102444800")),
      await fetch(from.replace(/\?.*/, "")),
      await fetch(link.url),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    expect(await store.get("t/mine")).toEqual(text("mine!"));
    expect(await store.get("t/other")).toEqual(text("other"));
  });

  it.each([
    ["résumé (1).pdf", "r_sum_ (1).pdf", "r%C3%A9sum%C3%A9%20%281%29.pdf"],
    ["سياسة.pdf", "_____.pdf", "%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9.pdf"],
    ['a"b\r\nx-evil: 1/../c', "a_b__x-evil: 1_.._c", "a%22b__x-evil%3A%201_.._c"],
  ])("gives a download under the name %j", async (fileName, ascii, utf8) => {
    await store.put("t/named", text("<script>"), { contentType: "text/html" });
    const response = await fetch(await download("t/named", { fileName }));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("<script>");
    expect(response.headers.get("content-type")).toBe("text/html");
    const expected = `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`;
    expect(response.headers.get("content-disposition")).toBe(expected);
    expect(response.headers.has("x-evil")).toBe(false);
  });

  it.each([
    ["application/pdf", "inline"],
    ["text/plain; charset=utf-8", "inline"],
    ["text/html", "attachment"],
    ["image/svg+xml", "attachment"],
    ["text/plainer", "attachment"],
  ])("shows %s as %s when asked to show it", async (contentType, expected) => {
    await store.put("t/shown", text("x"), { contentType });
    const response = await fetch(await download("t/shown", { disposition: "inline" }));
    expect(response.headers.get("content-disposition")).toMatch(new RegExp(`^${expected}; filename="shown"`));
    await response.body?.cancel();
  });

  it("answers a download of an absent blob with 404", async () => {
    expect((await fetch(await download("t/absent"))).status).toBe(404);
  });

  it("is ready", () => store.check());
});

describe("S3 that fails", () => {
  it("is reported without its own words, which are kept as the cause", async () => {
    const credentials = { accessKeyId: "AKTEST", secretAccessKey: "right", region: "eu-test-1" };
    const { endpoint, close } = await startFakeS3("files", credentials);
    const wrong = { ...credentials, secretAccessKey: "wrong" };
    const store = createS3BlobStore({ endpoint, bucket: "files", forcePathStyle: true, fetch, ...wrong });
    await expect(store.check()).rejects.toMatchObject({ code: "UPSTREAM_FAILED" });
    await expect(store.get("k")).rejects.toMatchObject({
      message: "The blob store answered 403 to GET.",
      cause: { message: expect.stringContaining("SignatureDoesNotMatch") },
    });
    await close();
  });

  it("is addressed by bucket host unless the path style is asked for", async () => {
    const store = createS3BlobStore({
      ...{
        endpoint: "https://s3.example",
        bucket: "files",
        region: "auto",
        accessKeyId: "a",
        secretAccessKey: "s",
      },
      forcePathStyle: false,
      fetch,
    });
    const link = await store.presignDownload({ key: "t/k", expiresInSeconds: 60 });
    expect(link.url).toMatch(/^https:\/\/files\.s3\.example\/t\/k\?/);
  });
});
