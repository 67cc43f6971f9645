import { readdir, stat, utimes, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDiskBlobStore } from "./index.ts";
import { startDiskServer } from "./test-disk-server.ts";

const MAX_BYTES = 1_000_000;
const plain = { contentType: "text/plain" };
const text = (value: string) => new TextEncoder().encode(value);

let server: Awaited<ReturnType<typeof startDiskServer>>;
beforeEach(async () => {
  server = await startDiskServer({ maxBytes: MAX_BYTES });
});
afterEach(() => server.close());

const uploadLink = async (key: string, size: number) => {
  const link = await server.store.presignUpload({
    key,
    size,
    contentType: "text/plain",
    expiresInSeconds: 60,
  });
  return server.reach(link.url);
};
const chunks = (...parts: string[]) => Readable.from(parts.map(text), { objectMode: false });

describe("writing", () => {
  it("leaves one whole version when many write at once", async () => {
    const versions = Array.from({ length: 20 }, (_, i) => text(String(i).repeat(50_000)));
    await Promise.all(versions.map((bytes) => server.store.put("k", bytes, plain)));
    const kept = Buffer.from(await server.store.get("k"));
    expect(versions.some((bytes) => kept.equals(bytes))).toBe(true);
    expect(await server.files()).toHaveLength(2); // the blob and its type
  });

  it.each([
    ["too many bytes", () => chunks("123", "456"), "PAYLOAD_TOO_LARGE"],
    ["too few bytes", () => chunks("123"), "VALIDATION_ERROR"],
    [
      "a stream that fails",
      () =>
        Readable.from(
          (function* () {
            yield text("12");
            throw new Error("gone");
          })(),
        ),
      "VALIDATION_ERROR",
    ],
  ])("of %s changes nothing and leaves no file", async (_name, source, code) => {
    await server.store.put("kept", text("before"), plain);
    const before = await server.files();
    for (const key of ["kept", "new"]) {
      const writing = server.store.writeStream(key, source(), { size: 5, contentType: "text/html" });
      await expect(writing).rejects.toMatchObject({ code });
    }
    expect(await server.store.get("kept")).toEqual(text("before"));
    expect(await server.store.head("kept")).toEqual({ size: 6, contentType: "text/plain" });
    expect(await server.files()).toEqual(before);
  });

  it("removes at the start what a crash left behind, but not what is being written", async () => {
    const temporary = join(server.directory, "temporary");
    await server.store.check();
    await writeFile(join(temporary, "abandoned"), "x");
    await utimes(join(temporary, "abandoned"), new Date(0), new Date(0));
    await writeFile(join(temporary, "under-way"), "x");
    const restarted = createDiskBlobStore({
      directory: server.directory,
      publicUrl: "http://x",
      secret: "s",
    });
    await restarted.check();
    expect(await readdir(temporary)).toEqual(["under-way"]);
  });

  it("keeps blobs private to the server's user", async () => {
    await server.store.put("k", text("x"), plain);
    const entries = await readdir(server.directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    for (const file of files) expect((await stat(join(file.parentPath, file.name))).mode & 0o777).toBe(0o600);
  });

  it("is not ready where it cannot write", async () => {
    await writeFile(join(server.directory, "a-file"), "x");
    const broken = createDiskBlobStore({
      directory: join(server.directory, "a-file"),
      publicUrl: "http://x",
      secret: "s",
    });
    await expect(broken.check()).rejects.toThrow(/ENOTDIR|EEXIST/);
  });
});

describe("links", () => {
  it("end at their time", async () => {
    await server.store.put("k", text("x"), plain);
    const { url, expiresAt } = await server.store.presignDownload({ key: "k", expiresInSeconds: 60 });
    server.clock.now = expiresAt.getTime() - 1;
    expect((await fetch(server.reach(url))).status).toBe(200);
    server.clock.now = expiresAt.getTime();
    const response = await fetch(server.reach(url));
    expect([response.status, (await response.json()).message]).toEqual([403, "This link has expired."]);
  });

  it("hold for one secret only", async () => {
    const options = { directory: server.directory, publicUrl: "http://blobs.test", secret: "another" };
    const { url } = await createDiskBlobStore(options).presignDownload({ key: "k", expiresInSeconds: 60 });
    expect((await fetch(server.reach(url))).status).toBe(403);
  });

  it("refuse every changed, repeated or missing parameter", async () => {
    await server.store.put("k", text("x"), { contentType: "text/plain" });
    const up = new URL(await uploadLink("k", 3));
    const down = await server.store.presignDownload({
      key: "k",
      disposition: "inline",
      expiresInSeconds: 60,
    });
    for (const [method, link] of [
      ["PUT", up],
      ["GET", new URL(server.reach(down.url))],
    ] as const) {
      for (const name of [...link.searchParams.keys()]) {
        const variants = [new URL(link), new URL(link), new URL(link)] as const;
        variants[0].searchParams.delete(name);
        variants[1].searchParams.append(name, link.searchParams.get(name) ?? "");
        variants[2].searchParams.set(name, `${link.searchParams.get(name)}0`);
        for (const url of variants) {
          const body = method === "PUT" ? { body: "abc", headers: { "content-type": "text/plain" } } : {};
          expect((await fetch(url, { method, ...body })).status, `${method} ${url.search}`).toBe(403);
        }
      }
    }
    expect(await server.store.get("k")).toEqual(text("x"));
  });
});

describe("routes", () => {
  it("keep a download from acting as a page", async () => {
    await server.store.put("k", text("<script>alert(1)</script>"), { contentType: "text/html" });
    const { url } = await server.store.presignDownload({
      key: "k",
      disposition: "inline",
      expiresInSeconds: 60,
    });
    const { headers } = await fetch(server.reach(url));
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-disposition": expect.stringMatching(/^attachment;/),
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
      "content-length": "25",
    });
  });

  it.each([
    "text/plain",
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
  ])("store a body of type %s as it is, without parsing it", async (contentType) => {
    const body = text('{"a":1}');
    const link = await server.store.presignUpload({ key: "k", contentType, size: 7, expiresInSeconds: 60 });
    const init = { method: "PUT", headers: link.headers, body };
    expect((await fetch(server.reach(link.url), init)).status).toBe(200);
    expect(await server.store.get("k")).toEqual(body);
  });

  it("take an empty file", async () => {
    const headers = { "content-type": "text/plain" };
    expect((await fetch(await uploadLink("empty", 0), { method: "PUT", headers })).status).toBe(200);
    expect(await server.store.head("empty")).toEqual({ size: 0, contentType: "text/plain" });
  });

  it("answer 413 for more than signed, announced or not, and for more than the server takes", async () => {
    const headers = { "content-type": "text/plain" };
    const put = async (size: number, body: BodyInit) => {
      const init: RequestInit & { duplex: "half" } = { method: "PUT", headers, body, duplex: "half" };
      return (await fetch(await uploadLink("k", size), init)).status;
    };
    expect(await put(10, "x".repeat(11))).toBe(413);
    expect(await put(10, new Blob(["x".repeat(500_000)]).stream())).toBe(413);
    expect(await put(MAX_BYTES + 1, "x".repeat(MAX_BYTES + 1))).toBe(413);
    expect(await put(10, "short")).toBe(400);
    expect(await put(10, new Blob(["short"]).stream())).toBe(400);
    expect(await put(MAX_BYTES, "x".repeat(MAX_BYTES))).toBe(200);
  });

  it("keep nothing of an upload whose sender vanishes", async () => {
    const options = { method: "PUT", headers: { "content-type": "text/plain", "content-length": 1000 } };
    const sending = httpRequest(await uploadLink("cut", 1000), options);
    sending.on("error", () => {}); // "socket hang up", which is the point
    const gone = new Promise((resolve) => sending.on("close", resolve));
    sending.write("half");
    // The temporary file shows that the server is writing; only then the sender goes.
    await expect.poll(async () => (await server.files()).length).toBe(1);
    sending.destroy();
    await gone;
    await expect.poll(() => server.files()).toEqual([]);
    expect(await server.store.head("cut")).toBeNull();
  });
});
