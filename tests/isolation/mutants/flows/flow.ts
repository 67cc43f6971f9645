import type { SQL } from "drizzle-orm";
import { contextFor, type Services } from "../../../../apps/server/src/faces/principal.ts";
import { allRights } from "../../../../apps/server/src/modules/identity/policies/index.ts";
import { type Actor, inTx } from "../../../../apps/server/src/platform/ctx/index.ts";
import type { Db } from "../../../../apps/server/src/platform/db/index.ts";
import type { Queue } from "../../../../apps/server/src/platform/jobs/index.ts";
import type { Ctx, TxCtx } from "../../../../apps/server/src/ports/index.ts";
import type { Ids } from "../../furnish.ts";
import { outcomeOf } from "../../judge.ts";
import type { CallerClass } from "../../registry/index.ts";
import type { Wire } from "../../wire.ts";
import type { Callers, World } from "../../world.ts";
import type { Side } from "../twin.ts";

/** What a flow is played with: the second of two twins, with the same ids in all rows. */
export interface Stage {
  world: World;
  services: Services;
  db: Db;
  tenantId: string;
  userId: string;
  /** The twin, whose things nobody here may see. */
  foreignId: string;
  /** The id of this kind, which both twins have. */
  id(kind: string): string;
  /** A context of the tenant: of its owner, or of somebody else. */
  ctx(actor?: Actor): Ctx;
  /** Reads or changes rows as nobody's: those of both twins. */
  rows(statement: SQL): Promise<Record<string, unknown>[]>;
  /** Calls a procedure that changes something, and gives what came of it. */
  call(name: string, input: unknown, as?: CallerClass): Promise<string>;
  /** Sends a request to a route. */
  post(path: string, body: unknown, as?: CallerClass): Promise<string>;
  put(path: string, body: unknown, as?: CallerClass): Promise<string>;
  get(path: string, as?: CallerClass): Promise<string>;
  /** Calls a procedure, and gives its answer as well. */
  body(name: string, input: unknown, as?: CallerClass): Promise<string>;
  /** Calls a procedure that changes nothing, and gives its answer. */
  read(name: string, as?: CallerClass, input?: unknown): Promise<string>;
  /** Has a job done, and those that it asks for. */
  job<Data extends object>(queue: Queue<Data>, data: Data): Promise<string>;
  /** From now on it is so many days later, until the flow ends. */
  daysLater(days: number): void;
}

/** What no single call comes by: a chain of calls, a job, a moment later, rows as they are only for a while. */
export interface Flow {
  name: string;
  /** Parts of the paths of the files whose checks it is made for. */
  about: readonly string[];
  /** Whether it is done for every tenant, so that the other one's rows change as well. */
  everybodys?: true;
  /** Changes rows of both twins alike, with everything in place. */
  prepare?(stage: Stage): Promise<unknown>;
  /** Played one after another, each also where one before it failed; they give what does not differ from run to run. */
  steps?: readonly ((stage: Stage) => Promise<unknown>)[];
  /** In place of steps: what is one. */
  run?(stage: Stage): Promise<unknown>;
}

/** What came of each step. */
export async function play(flow: Flow | undefined, stage: Stage): Promise<string> {
  const came: string[] = [];
  for (const step of flow?.steps ?? (flow?.run ? [flow.run] : [])) {
    try {
      came.push(JSON.stringify((await step(stage)) ?? null));
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
      came.push(`failed: ${error instanceof Error ? error.message : String(error)} ${cause}`);
    }
  }
  return came.join("\n").replaceAll(uuid, "<id>").replaceAll(moment, "<time>");
}

const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

interface Props {
  world: World;
  wire: Wire;
  db: Db;
  ada: Side;
  zoe: Side;
  own: Ids;
  callers: Callers;
  runJobs(): Promise<string[]>;
}

export function stageOf({ world, wire, db, ada, zoe, own, callers, runJobs }: Props): Stage {
  const { services } = world.server;
  const { tenantId, userId } = zoe;
  const owner: Actor = { kind: "user", userId, name: "Zoe", role: "owner", rights: new Set(allRights) };
  const send = async (method: string, path: string, body: unknown, as: CallerClass = "owner") => {
    const { session, bearer } = callers[as];
    const headers = path.startsWith("/trpc/") ? session : { ...session, ...bearer };
    const content = { "content-type": "application/json" };
    const sent = { method, path, headers: { ...headers, ...(method === "GET" ? {} : content) } };
    return outcomeOf(
      await wire.send(method === "GET" ? sent : { ...sent, body: JSON.stringify(body ?? {}) }),
    );
  };
  const inShort = async (sent: ReturnType<typeof send>) => {
    const { status, code } = await sent;
    return `${status} ${code ?? ""}`;
  };
  const post: Stage["post"] = (path, body, as) => inShort(send("POST", path, body, as));
  return {
    world,
    services,
    db,
    tenantId,
    userId,
    foreignId: ada.tenantId,
    id(kind) {
      const id = own.get(kind);
      if (!id) throw new Error(`There is no ${kind}.`);
      return id;
    },
    ctx: (actor = owner) => contextFor(services, actor, tenantId, null),
    rows: async (statement) => (await db.system().execute<Record<string, unknown>>(statement)).rows,
    call: (name, input, as) => post(`/trpc/${name}`, input, as),
    post,
    put: (path, body, as) => inShort(send("PUT", path, body, as)),
    get: (path, as) => inShort(send("GET", path, null, as)),
    body: async (name, input, as) => (await send("POST", `/trpc/${name}`, input, as)).body,
    read: async (name, as, input) => {
      const search = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
      return (await send("GET", `/trpc/${name}${search}`, null, as)).body;
    },
    async job(queue, data) {
      await services.jobs.enqueue(queue, data);
      return (await runJobs()).join("\n");
    },
    daysLater(days) {
      const { now } = services;
      services.now = () => new Date(now().getTime() + days * 86_400_000);
    },
  };
}

/** A step in a transaction of the tenant's owner. */
export const inside =
  (work: (ctx: TxCtx, stage: Stage) => Promise<unknown>) =>
  (stage: Stage): Promise<unknown> =>
    inTx(stage.ctx(), (ctx) => work(ctx, stage));

/** A program that may do everything, with a key for another bot than the one that it asks for. */
export const otherProgram: Actor = {
  kind: "apiKey",
  keyId: "00000000-0000-4000-8000-00000000000a",
  name: "Other",
  rights: new Set(allRights),
  botId: "00000000-0000-4000-8000-00000000000b",
};

/** Somebody of the tenant with these rights. */
export const somebody = (...rights: string[]): Actor => ({
  kind: "user",
  userId: "00000000-0000-4000-8000-00000000000c",
  name: "Somebody",
  role: "member",
  rights: new Set(rights),
});
