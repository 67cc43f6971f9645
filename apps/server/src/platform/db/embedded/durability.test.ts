import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openEmbeddedTestDb } from "../../../../../../tests/harness/database.ts";
import { openDb } from "../index.ts";

const script = fileURLToPath(new URL("./testing/owner.ts", import.meta.url));
let parent: string;
let directory: string;
const owners: ChildProcess[] = [];

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), "parlance-durability-"));
  directory = join(parent, "database");
  await (await openEmbeddedTestDb(directory)).close();
});
afterEach(() => {
  for (const owner of owners.splice(0)) owner.kill("SIGKILL");
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Starts an owner; `line(n)` waits for its n-th line, `kill` answers every line that it printed. */
function startOwner() {
  const child = spawn(process.execPath, [script, directory], { stdio: ["ignore", "pipe", "pipe"] });
  owners.push(child);
  const lines: string[] = [];
  let complaint = "";
  child.stderr.on("data", (data: Buffer) => {
    complaint += data.toString();
  });
  const ended = Promise.all([once(child, "exit"), once(child.stdout, "end")]);
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => lines.push(line));
  return {
    pid: child.pid,
    async line(count: number): Promise<void> {
      while (lines.length < count) {
        await Promise.race([once(reader, "line"), ended]);
        if (child.exitCode !== null) throw new Error(`The owner ended: ${complaint}`);
      }
    },
    async kill(): Promise<string[]> {
      child.kill("SIGKILL");
      await ended;
      return lines;
    },
  };
}

test("a directory has one owner; a killed one leaves it free", { timeout: 60_000 }, async () => {
  const owner = startOwner();
  await owner.line(2);
  const refused = `The data directory is in use by process ${owner.pid}. Stop it, or set DATA_DIR.`;
  await expect(openDb({ directory })).rejects.toThrow(refused);

  const alias = join(parent, "alias");
  symlinkSync(directory, alias);
  await expect(openDb({ directory: alias })).rejects.toThrow(refused);

  await owner.kill();
  const db = await openDb({ directory });
  await expect(openDb({ directory })).rejects.toThrow(`in use by process ${process.pid}`);
  await db.close();
});

/** What the owner prints first: the rows that were there when it opened. */
const foundSchema = z.array(z.object({ number: z.number(), whole: z.literal(true) }));

test("six kills in the middle of writing lose no acknowledged row", { timeout: 120_000 }, async () => {
  let acknowledged: number[] = [];
  for (const lines of [2, 40, 7, 150, 3, 90, 1]) {
    const owner = startOwner();
    await owner.line(lines);
    const [first, ...added] = await owner.kill();
    const found = foundSchema.parse(JSON.parse(first ?? "")).map(({ number }) => number);
    expect(found).toEqual([...found.keys()]); // each is there once, with no gap
    expect(found.length).toBeGreaterThan(acknowledged.at(-1) ?? -1);
    acknowledged = [...found, ...added.map(Number)];
  }
  expect(acknowledged.length).toBeGreaterThan(250);
});
