import { afterAll, describe, expect, test } from "vitest";
import { createExtractionPool } from "./pool.ts";
import { bytesOf, docxParagraph, makeDocx, withDeclaredSizesForged } from "./testing/make-files.ts";

const GOOD = { bytes: bytesOf("# Hello\n\nA good file."), fileName: "good.md" };
const file = (fileName: string, content: string | Uint8Array) => ({
  fileName,
  bytes: typeof content === "string" ? bytesOf(content) : content,
});
/** JSON that takes long to read and much memory to hold: a million small records. */
const heavy = () => file("heavy.json", `[${'{"a":{"b":[1,2,{"c":"d"}]}},'.repeat(600_000)}0]`);

describe("after each hostile file the pool reads a good one", () => {
  const pool = createExtractionPool();
  afterAll(() => pool.close());
  const bomb = makeDocx(docxParagraph("hello"), { "word/media/zeros.bin": new Uint8Array(100_000_000) });

  test.each([
    ["an empty file", file("a.txt", ""), "EMPTY_FILE"],
    ["a type that is not supported", file("a.exe", "MZ"), "UNSUPPORTED_TYPE"],
    [
      "a web page named .pdf",
      file("a.pdf", "<!doctype html><html><body>Sign in</body></html>"),
      "TYPE_MISMATCH",
    ],
    ["a PDF named .txt", file("a.txt", "%PDF-1.7 …"), "TYPE_MISMATCH"],
    ["an error page named .csv", file("a.csv", "<html><body>Sign in</body></html>"), "TYPE_MISMATCH"],
    ["a PDF of garbage", file("a.pdf", `%PDF-1.7\n${"garbage ".repeat(1000)}`), "CORRUPT"],
    ["a zip bomb", file("a.docx", bomb), "TOO_LARGE"],
    ["a zip bomb with forged sizes", file("a.docx", withDeclaredSizesForged(bomb)), "TOO_LARGE"],
    ["60,000 nested elements", file("a.html", "<div>".repeat(60_000)), "TOO_COMPLEX"],
    ["100,000 open arrays", file("a.json", "[".repeat(100_000)), "TOO_COMPLEX"],
    ["5,000 nested quotes", file("a.md", `${">".repeat(5000)}a`), "TOO_COMPLEX"],
    ["an unclosed quotation mark", file("a.csv", 'a,b\n1,"2\n'), "MALFORMED"],
    [
      "binary junk",
      file(
        "a.txt",
        new Uint8Array(500).map((_, index) => (index * 37) % 256),
      ),
      "BAD_ENCODING",
    ],
  ])("%s", async (_name, input, code) => {
    await expect(pool.extract(input)).rejects.toMatchObject({ name: "ExtractionError", code });
    await expect(pool.extract(GOOD)).resolves.toMatchObject({ title: "Hello", format: "md" });
  });
});

describe("limits", () => {
  test("a file that takes too long is stopped", async () => {
    const pool = createExtractionPool({ timeoutMs: 1 });
    await expect(pool.extract(GOOD)).rejects.toMatchObject({ code: "TIMEOUT" });
    await pool.close();
  });

  test("a file that needs too much memory is stopped", async () => {
    const pool = createExtractionPool({ maxMemoryMb: 150 });
    await expect(pool.extract(heavy())).rejects.toMatchObject({ code: "OUT_OF_MEMORY" });
    await expect(pool.extract(GOOD)).resolves.toMatchObject({ title: "Hello" });
    await pool.close();
  });

  test("a file that is too large is not even sent", async () => {
    const pool = createExtractionPool({ maxBytes: 10 });
    await expect(pool.extract(GOOD)).rejects.toMatchObject({ code: "TOO_LARGE" });
    await pool.close();
  });

  test("a process is renewed after its files", async () => {
    const pool = createExtractionPool({ renewAfter: 1 });
    for (let round = 0; round < 3; round++) await pool.extract(GOOD);
    await pool.close();
  });
});

describe("many callers", () => {
  test("all are served, in several processes", async () => {
    const pool = createExtractionPool({ processes: 2, renewAfter: 7 });
    const inputs = Array.from({ length: 40 }, (_, index) =>
      file(`${index}.txt`, index % 5 === 0 ? "" : `Text ${index}`),
    );
    const results = await Promise.allSettled(inputs.map((input) => pool.extract(input)));
    expect(
      results.map((result) => (result.status === "fulfilled" ? result.value.text : result.reason.code)),
    ).toEqual(inputs.map((_, index) => (index % 5 === 0 ? "EMPTY_FILE" : `Text ${index}`)));
    await pool.close();
  });

  test("who gives up is let go, waiting or served, and the others are not disturbed", async () => {
    const pool = createExtractionPool();
    const served = new AbortController();
    const waiting = new AbortController();
    const first = pool.extract(heavy(), served.signal);
    const second = pool.extract(GOOD, waiting.signal);
    const third = pool.extract(GOOD);
    waiting.abort(new Error("changed my mind"));
    await expect(second).rejects.toThrow("changed my mind");
    served.abort(new Error("me too"));
    await expect(first).rejects.toThrow("me too");
    await expect(third).resolves.toMatchObject({ title: "Hello" });
    await pool.close();
  });

  test("a closed pool lets everyone go", async () => {
    const pool = createExtractionPool();
    const all = [pool.extract(heavy()), pool.extract(GOOD)];
    const settled = Promise.allSettled(all);
    await pool.close();
    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(pool.extract(GOOD)).rejects.toThrow("closed");
  });
});
