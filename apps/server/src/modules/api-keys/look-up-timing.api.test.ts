import { afterAll, beforeAll, expect, test } from "vitest";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { findApiCaller } from "./index.ts";
import { makeKey } from "./key-format.ts";

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const from = { ipAddress: "127.0.0.1", userAgent: null };

/** What is asked of the database for a key, in order: what its time is made of. */
async function stepsFor(text: string): Promise<string[]> {
  const steps: string[] = [];
  const watched = <Target extends object>(target: Target, name: string): Target =>
    new Proxy(target, {
      get(of, key) {
        const value: unknown = Reflect.get(of, key, of);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => {
          steps.push(`${name}.${String(key)}`);
          const [last] = args.slice(-1);
          if (key === "withTenant" && typeof last === "function") {
            return value.call(of, args[0], (tx: object) => last(watched(tx, "tx")));
          }
          const result: unknown = value.apply(of, args);
          return key === "system" && typeof result === "object" && result !== null
            ? watched(result, "system")
            : result;
        };
      },
    });
  const services = { ...server.services, db: watched(server.services.db, "db") };
  await findApiCaller(services, text, from);
  return steps;
}

test("timing: a malformed, an unknown, a revoked and a wrongly guessed key take the same steps", async () => {
  const known = await ada.trpc.apiKeys.create.mutate({ name: "Known" });
  const revoked = await ada.trpc.apiKeys.create.mutate({ name: "Revoked" });
  await ada.trpc.apiKeys.revoke.mutate({ id: revoked.id });
  const guessed = makeKey(known.secret.split("_")[1]).text;
  const unknown = await stepsFor(makeKey().text);
  expect(unknown).toEqual(["db.system", "system.select", "db.withTenant", "tx.select"]);
  for (const text of ["sk-none", guessed, revoked.secret]) expect(await stepsFor(text)).toEqual(unknown);
  expect((await stepsFor(known.secret)).length).toBeGreaterThan(unknown.length); // the watch sees more where there is more
});
