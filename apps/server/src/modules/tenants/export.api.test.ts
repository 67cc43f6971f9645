import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { botWith, colleague, play, refusal, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { startWebSite, type WebSite } from "../../../../../tests/harness/web-site.ts";
import { furnish } from "../../../../../tests/isolation/furnish.ts";
import { contextFor } from "../../faces/principal.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { countRows, tenantTables } from "./catalogue.ts";
import { runExport } from "./export/run-export.ts";
import { secretColumns } from "./export/secret-columns.ts";
import { tidyExports } from "./export/tidy-exports.ts";

/* Everything of a tenant, nothing of another's, and no secret. */

const words = { ada: "kumquatcanary", eve: "durianscanary" };
let server: TestServer;
let site: WebSite;
let ada: TestUser;
let eve: TestUser;
let files: Map<string, string>;
let bytesOfZip: Uint8Array;
let exportId: string;

beforeAll(async () => {
  site = await startWebSite();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: site.host, RATE_LIMIT_SCALE: "10000" });
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  await furnish({ server, site, owner: ada, word: words.ada });
  await botWith(eve, { [`${words.eve}.md`]: `# ${words.eve}\n\nNothing of Ada.` });
  for (const { id } of await ada.trpc.tenant.export.list.query()) await done(ada, id);
  exportId = (await ada.trpc.tenant.export.start.mutate()).id;
  await done(ada, exportId);
  [bytesOfZip] = await download(ada, exportId);
  files = contentsOf(bytesOfZip);
}, 120_000);
afterAll(async () => {
  server.services.now = systemClock;
  await server.close();
  await site.close();
});

function done(user: TestUser, id: string) {
  return eventually(
    async () => {
      const now = await user.trpc.tenant.export.status.query({ exportId: id });
      expect(now.status).toBe("done");
      return now;
    },
    { timeout: 30_000 },
  );
}

async function download(user: TestUser, id: string): Promise<[Uint8Array, ...Uint8Array[]]> {
  const { links } = await user.trpc.tenant.export.download.mutate({ exportId: id });
  const archives = [];
  for (const { url } of links) {
    const response = await fetch(url);
    expect(response.headers.get("content-disposition")).toContain("attachment");
    archives.push(new Uint8Array(await response.arrayBuffer()));
  }
  const [first, ...rest] = archives;
  if (!first) throw new Error("There is no archive.");
  return [first, ...rest];
}

function contentsOf(...archives: Uint8Array[]): Map<string, string> {
  const all = archives.flatMap((zip) => Object.entries(unzipSync(zip)));
  return new Map(all.map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));
}
const linesOf = (path: string) =>
  (files.get(path) ?? "")
    .split("\n")
    .filter(Boolean)
    .map((line): Record<string, unknown> => JSON.parse(line));
const manifest = () => JSON.parse(files.get("manifest.json") ?? "");

describe("an export", () => {
  test("has a file for every table with rows of tenants, with all the rows", async () => {
    const { db } = server.services;
    const tables = await tenantTables(db);
    const counts = await countRows(db, tables, ada.tenantId);
    expect(tables.length).toBeGreaterThan(50);
    expect(counts.bots).toBeGreaterThan(0);
    for (const { name } of tables) {
      const rows = linesOf(`rows/${name}.jsonl`).length;
      // what was written by asking for the export itself came on top while it ran
      const isMoving = ["audit_log", "security_events", "mails", "tenant_exports"].includes(name);
      if (isMoving) expect(files.has(`rows/${name}.jsonl`), name).toBe(true);
      else expect(rows, name).toBe(counts[name]);
    }
  });

  test("has the workspace, its people with their addresses, and the uploaded files", async () => {
    expect(linesOf("workspace.jsonl")).toMatchObject([{ id: ada.tenantId, name: "Ada" }]);
    expect(linesOf("people.jsonl")).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: ada.userId, email: ada.email, role: "owner" })]),
    );
    const uploaded = [...files.keys()].filter((path) => path.startsWith("files/documents/"));
    expect(uploaded.length).toBeGreaterThan(0);
    expect(uploaded.map((path) => files.get(path)).join()).toContain(words.ada);
  });

  test("has nothing of another tenant's, neither words nor ids", () => {
    const all = [...files.values()].join("\n");
    expect(all).toContain(words.ada);
    for (const foreign of [words.eve, eve.tenantId, eve.userId, eve.email])
      expect(all).not.toContain(foreign);
  });

  test("has no secret: no such column, and nothing that the server sealed", () => {
    for (const [table, columns] of Object.entries(secretColumns)) {
      for (const row of linesOf(`rows/${table}.jsonl`)) {
        for (const column of columns) expect(row, table).not.toHaveProperty(column);
      }
    }
    expect(linesOf("rows/api_keys.jsonl").length).toBeGreaterThan(0);
    const sealed = server.services.vault.seal(ada.tenantId, "x", "x").split(".").slice(0, 2).join(".");
    expect([...files.values()].join("\n")).not.toContain(`${sealed}.`);
  });

  test("says in its manifest what is in it, and the sums are right", () => {
    const { format, version, workspaceId, schema, files: listed } = manifest();
    expect({ format, version, workspaceId }).toEqual({
      format: "parlance-export",
      version: 1,
      workspaceId: ada.tenantId,
    });
    expect(schema).toEqual({ migrations: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const archive = unzipSync(bytesOfZip);
    expect(listed.map(({ path }: { path: string }) => path).sort()).toEqual(
      Object.keys(archive)
        .filter((path) => path !== "manifest.json")
        .sort(),
    );
    for (const { path, bytes, sha256, rows } of listed) {
      const content = archive[path];
      expect(content?.byteLength, path).toBe(bytes);
      expect(
        createHash("sha256")
          .update(content ?? "")
          .digest("hex"),
        path,
      ).toBe(sha256);
      if (rows !== undefined)
        expect(
          Buffer.from(content ?? "")
            .toString()
            .split("\n").length - 1,
        ).toBe(rows);
    }
  });

  test("is told of, with its own sum, in the audit log and as a security event", async () => {
    const { parts, progress } = await ada.trpc.tenant.export.status.query({ exportId });
    expect(progress).toBe(100);
    expect(parts).toEqual([
      {
        fileName: expect.stringMatching(/^workspace-\d{4}-\d\d-\d\d\.zip$/),
        bytes: bytesOfZip.byteLength,
        sha256: createHash("sha256").update(bytesOfZip).digest("hex"),
      },
    ]);
    const { items } = await ada.trpc.enterpriseSecurity.listSecurityEvents.query({
      kind: "tenant_exported",
    });
    expect(items.map(({ detail }) => detail)).toContainEqual({ exportId });
  });

  test("of nothing leaves out its own archives", async () => {
    await done(ada, (await ada.trpc.tenant.export.start.mutate()).id);
    const [latest] = await ada.trpc.tenant.export.list.query();
    const [zip] = await download(ada, latest?.id ?? "");
    expect([...contentsOf(zip).keys()].filter((path) => path.includes("exports/"))).toEqual([]);
  });

  test("goes on in further archives where one is full, and one that broke off begins again", async () => {
    const ctx = contextFor(server.services, { kind: "system", name: "test" }, eve.tenantId, null);
    server.services.jobs = { ...server.services.jobs, enqueue: async () => {} }; // by hand instead
    const { id } = await eve.trpc.tenant.export.start.mutate();
    const broken = runExport({ ...ctx, blobs: breakingAfter(2) }, { exportId: id, limits: small }, untried);
    await expect(broken).rejects.toThrow("The disk is full.");
    expect((await eve.trpc.tenant.export.status.query({ exportId: id })).status).toBe("running");
    await runExport(ctx, { exportId: id, limits: small }, untried);
    const { parts, status } = await eve.trpc.tenant.export.status.query({ exportId: id });
    expect(status).toBe("done");
    expect(parts.length).toBeGreaterThan(2);
    expect(parts[0]?.fileName).toContain(`-1-of-${parts.length}.zip`);
    const all = contentsOf(...(await download(eve, id)));
    expect([...all.keys()].filter((path) => path.startsWith("rows/"))).toEqual(
      [...files.keys()].filter((path) => path.startsWith("rows/")),
    );
    expect([...all.values()].join("\n")).not.toContain(words.ada);
  });

  test("that fails three times says so, and leaves nothing in the store", async () => {
    const ctx = contextFor(server.services, { kind: "system", name: "test" }, eve.tenantId, null);
    const { id } = await eve.trpc.tenant.export.start.mutate();
    const last = { ...untried, lastTry: true };
    await expect(
      runExport({ ...ctx, blobs: breakingAfter(2) }, { exportId: id, limits: small }, last),
    ).rejects.toThrow("The disk is full.");
    expect(await eve.trpc.tenant.export.status.query({ exportId: id })).toMatchObject({
      status: "failed",
      failure: expect.stringContaining("start another"),
      parts: [],
    });
    for await (const key of ctx.blobs.list(`${eve.tenantId}/exports/${id}`)) expect(key).toBeUndefined();
    expect(await refusal(eve.trpc.tenant.export.download.mutate({ exportId: id }))).toBe("CONFLICT");
  });

  test("is gone after seven days, link and all", async () => {
    const [link] = (await ada.trpc.tenant.export.download.mutate({ exportId })).links;
    server.services.now = () => new Date(Date.now() + 7 * 86_400_000 + 60_000);
    expect(await refusal(ada.trpc.tenant.export.download.mutate({ exportId }))).toBe("CONFLICT");
    await tidyExports(contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null));
    server.services.now = systemClock;
    expect((await ada.trpc.tenant.export.status.query({ exportId })).status).toBe("expired");
    expect((await fetch(link?.url ?? "")).status).toBe(404);
  });
});

const small = { bytes: 20_000, files: 20 };
const untried = { lastTry: false, signal: new AbortController().signal };

/** The store of files, of which the nth archive cannot be written. */
function breakingAfter(archives: number) {
  let left = archives;
  const { blobs } = server.services;
  const broken: typeof blobs = {
    ...blobs,
    async putStream(key, source, options) {
      if (left-- > 0) return blobs.putStream(key, source, options);
      throw new Error("The disk is full.");
    },
  };
  return broken;
}

describe("exporting", () => {
  const roles: Record<string, TestUser> = {};
  beforeAll(async () => {
    for (const role of ["admin", "agent", "member"] as const)
      roles[role] = await colleague(server, ada, role);
  });
  const status: Scenario["call"] = (t) => t.tenant.export.status.query({ exportId });
  const calls: Record<string, Scenario["call"]> = {
    start: (t) => t.tenant.export.start.mutate(),
    status,
    list: (t) => t.tenant.export.list.query(),
    download: (t) => t.tenant.export.download.mutate({ exportId }),
  };
  test.each(Object.entries(calls))("%s is the owner's", async (_name, call) => {
    expect(await refusal(call(server.guest))).toBe("UNAUTHORIZED");
    for (const user of Object.values(roles)) expect(await refusal(call(user.trpc))).toBe("FORBIDDEN");
  });
  test.each<Scenario>([
    { title: "another's", as: () => eve.trpc, call: status, refused: "NOT_FOUND" },
    {
      title: "an absent one",
      as: () => ada.trpc,
      call: (t) => t.tenant.export.status.query({ exportId: newId() }),
      refused: "NOT_FOUND",
    },
    {
      title: "no id",
      as: () => ada.trpc,
      call: (t) => t.tenant.export.status.query({ exportId: "x" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "another's archive",
      as: () => eve.trpc,
      call: (t) => t.tenant.export.download.mutate({ exportId }),
      refused: "NOT_FOUND",
    },
  ])("$title", play);

  test("of two who start at once, one does", async () => {
    const outcomes = await Promise.all(
      [1, 2].map(() =>
        ada.trpc.tenant.export.start.mutate().then(
          () => "started",
          () => "refused",
        ),
      ),
    );
    expect(outcomes.sort()).toEqual(["refused", "started"]);
  });
});
