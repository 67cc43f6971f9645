import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { colleague, play, refusal } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { contextFor } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { recordAudit } from "./audit.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
const people = new Map<string, TestUser>();
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("owner", ada);
  for (const role of ["admin", "agent", "contentEditor", "member"] as const) {
    people.set(role, await colleague(server, ada, role));
  }
});
afterAll(() => server.close());

const system = (tenantId: string) =>
  contextFor(server.services, { kind: "system", name: "test" }, tenantId, "192.0.2.7", {
    userAgent: "curl/8",
    requestId: "request-7",
  });

/** Writes entries as a verb does: `after` tells them apart. */
async function write(tenantId: string, ...entries: Record<string, unknown>[]): Promise<void> {
  await inTx(system(tenantId), async (ctx) => {
    for (const after of entries) {
      await recordAudit(ctx, { action: "thing.made", subjectType: "thing", subjectId: newId(), after });
    }
  });
}

const exportAs = (user: Pick<TestUser, "headers"> | null, body: object) =>
  fetch(`${server.url}/api/audit/export`, {
    method: "POST",
    headers: { ...user?.headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });

describe("who may read the log", () => {
  const reads = {
    "audit.list": (user: TestUser) => user.trpc.audit.list.query({}),
    "audit.actions": (user: TestUser) => user.trpc.audit.actions.query(),
    "audit.verify": (user: TestUser) => user.trpc.audit.verify.query(),
  };
  const cases = Object.keys(reads).flatMap((name) =>
    [...["owner", "admin"].map((who) => ({ name, who, refused: "" }))].concat(
      ["agent", "contentEditor", "member"].map((who) => ({ name, who, refused: "FORBIDDEN" })),
    ),
  );
  test.each(cases)("$name as $who $refused", async ({ name, who, refused }) => {
    const user = people.get(who);
    const read = reads[name as keyof typeof reads]; // a key of it, by the line that made the case
    if (!user) throw new Error(`Nobody is ${who}.`);
    await play({ as: () => user.trpc, call: () => read(user), ...(refused ? { refused } : {}) });
  });

  test("a guest is refused all of it, and the export with it", async () => {
    for (const call of [
      server.guest.audit.list.query({}),
      server.guest.audit.actions.query(),
      server.guest.audit.verify.query(),
    ]) {
      expect(await refusal(call)).toBe("UNAUTHORIZED");
    }
    expect((await exportAs(null, { format: "csv" })).status).toBe(401);
    expect((await exportAs(people.get("agent") ?? null, { format: "csv" })).status).toBe(403);
  });

  test("another tenant's entries are not there, whatever is asked for", async () => {
    await write(ada.tenantId, { word: "ofadaalone" });
    expect((await eve.trpc.audit.list.query({ search: "ofadaalone" })).items).toEqual([]);
    expect((await eve.trpc.audit.list.query({ actorId: ada.userId })).items).toEqual([]);
    expect(await (await exportAs(eve, { format: "jsonl" })).text()).not.toContain("ofadaalone");
    expect(await eve.trpc.audit.actions.query()).not.toContain("thing.made");
  });
});

describe("searching", () => {
  test("finds by text, actor, action, subject and time; newest first, page by page", async () => {
    const bot = await ada.trpc.bot.create.mutate({ name: "Kettle" });
    await ada.trpc.bot.update.mutate({ id: bot.id, description: "Sings when hot" });
    const { items } = await ada.trpc.audit.list.query({ subjectType: "bot", subjectId: bot.id });
    expect(items.map(({ action }) => action)).toEqual(["bot.updated", "bot.created"]);
    expect(items[0]).toMatchObject({
      actor: { kind: "user", id: ada.userId, name: "Ada" },
      before: { description: null },
      after: { description: "Sings when hot" },
      ipAddress: "127.0.0.1",
      userAgent: expect.stringMatching(/./),
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    const found = async (filter: object) =>
      (await ada.trpc.audit.list.query(filter)).items.map(({ action }) => action);
    expect(await found({ search: "SINGS when" })).toEqual(["bot.updated"]);
    expect(await found({ search: "ada", action: "bot.updated" })).toEqual(["bot.updated"]);
    expect(await found({ search: "100%_\\" })).toEqual([]);
    expect(await found({ actorId: ada.userId, action: "bot.created" })).toEqual(["bot.created"]);
    expect(await found({ actorId: newId() })).toEqual([]);
    const at = new Date(items[0]?.createdAt ?? 0);
    expect(await found({ subjectId: bot.id, from: at, to: new Date(at.getTime() + 1) })).toContain(
      "bot.updated",
    );
    expect(await found({ subjectId: bot.id, to: new Date(0) })).toEqual([]);
    const first = await ada.trpc.audit.list.query({ subjectId: bot.id, limit: 1 });
    const second = await ada.trpc.audit.list.query({
      subjectId: bot.id,
      limit: 1,
      cursor: first.nextCursor ?? "",
    });
    expect([...first.items, ...second.items].map(({ action }) => action)).toEqual([
      "bot.updated",
      "bot.created",
    ]);
    expect(second.nextCursor).toBeNull();
    expect(await ada.trpc.audit.actions.query()).toEqual(
      expect.arrayContaining(["bot.created", "bot.updated"]),
    );
  });

  test("names an API key that acted, also when it is gone", async () => {
    const key = await ada.trpc.apiKeys.create.mutate({ name: "Nightly" });
    const actor = {
      kind: "apiKey",
      keyId: key.id,
      name: "",
      rights: new Set<string>(),
      botId: null,
    } as const;
    await inTx({ ...system(ada.tenantId), actor }, (ctx) =>
      recordAudit(ctx, { action: "key.acted", subjectType: "thing", subjectId: "x" }),
    );
    const { items } = await ada.trpc.audit.list.query({ actorId: key.id });
    expect(items[0]?.actor).toEqual({ kind: "apiKey", id: key.id, name: "Nightly" });
  });

  test.each([
    [{ search: "" }, "VALIDATION_ERROR"],
    [{ search: "x".repeat(200) }, null],
    [{ search: "x".repeat(201) }, "VALIDATION_ERROR"],
    [{ limit: 0 }, "VALIDATION_ERROR"],
    [{ limit: 100 }, null],
    [{ limit: 101 }, "VALIDATION_ERROR"],
    [{ cursor: "nonsense" }, "VALIDATION_ERROR"],
    [{ cursor: "x".repeat(201) }, "VALIDATION_ERROR"],
    [{ from: "yesterday" }, "VALIDATION_ERROR"],
    [{ from: "2026-01-02T00:00:00Z", to: "2026-01-02T00:00:00Z" }, "VALIDATION_ERROR"],
    [{ from: "2026-01-02T00:00:00Z", to: "2026-01-02T00:00:01Z" }, null],
    [{ actorId: "x".repeat(101) }, "VALIDATION_ERROR"],
  ])("%j gives %s", async (input, code) => {
    if (code === null) expect((await ada.trpc.audit.list.query(input)).items).toEqual(expect.anything());
    else expect(await refusal(ada.trpc.audit.list.query(input))).toBe(code);
  });
});

describe("the export", () => {
  test("is CSV in which no cell is a formula, or JSON Lines; both are themselves in the log", async () => {
    const tag = "exported";
    await inTx(system(ada.tenantId), async (ctx) => {
      for (const subjectId of ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", 'with "quotes", and commas']) {
        await recordAudit(ctx, { action: tag, subjectType: "thing", subjectId, after: { note: "=1" } });
      }
    });
    const csv = await exportAs(ada, { format: "csv", action: tag });
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(csv.headers.get("content-disposition")).toContain('filename="audit-log.csv"');
    const text = await csv.text();
    expect(text.split("\r\n")[0]).toMatch(/^number,time,actor kind,/);
    for (const cell of ["'=1+1", "'+1", "'-1", "'@SUM(1)", "'\t=1", '"with ""quotes"", and commas"']) {
      expect(text).toContain(`,thing,${cell},`);
    }
    const lines = (await (await exportAs(ada, { format: "jsonl", action: tag })).text()).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toHaveLength(6);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      action: tag,
      actor: { kind: "system", id: "test", name: "test" },
      ipAddress: "192.0.2.7",
      userAgent: "curl/8",
      requestId: "request-7",
    });
    const { items } = await ada.trpc.audit.list.query({ action: "audit.exported" });
    expect(items.map(({ after }) => after)).toMatchObject([{ format: "jsonl" }, { format: "csv" }]);
  });

  test("goes on over more entries than are read at once", async () => {
    await write(eve.tenantId, ...Array.from({ length: 1_201 }, (_, n) => ({ n })));
    const lines = (await (await exportAs(eve, { format: "jsonl", action: "thing.made" })).text()).trim();
    const numbers = lines.split("\n").map((line) => JSON.parse(line).after.n);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1_201 }, (_, n) => n));
  });

  test.each([{}, { format: "xml" }, { format: "csv", from: "then" }])("refuses %j", async (body) => {
    expect((await exportAs(ada, body)).status).toBe(400);
  });
});
