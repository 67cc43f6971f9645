/*
 * From a visitor's sending to an agent's seeing, and from an agent's to a visitor's, at fixed rates, beside a bare Socket.IO
 * relay in the same run; and what sockets cost that are only there. The server is a process as `npm start` runs it.
 *
 *   node bench/live/run.ts [--rates=50,100,1000] [--seconds=20] [--visitors=200] [--sockets=1000,5000]
 *                                                        TEST_DATABASE_URL for PostgreSQL, else embedded
 */
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type Product, startProduct } from "../server/product.ts";
import { newDatabase } from "./database.ts";
import { startRelay } from "./floor.ts";
import { idleSockets } from "./idle.ts";
import { describe, type Line, runLoad } from "./load.ts";
import { openVisitors, toTheAgent, toTheVisitors } from "./people.ts";

const numbers = (name: string, otherwise: number[]) => {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
  return given === undefined ? otherwise : given.split(",").filter(Boolean).map(Number);
};
const rates = numbers("rates", process.env.TEST_DATABASE_URL ? [50, 100, 1_000] : [10, 100]);
const [seconds = 20] = numbers("seconds", [20]);
const [visitorCount = 200] = numbers("visitors", [200]);
const sockets = numbers("sockets", [1_000, 5_000]);

const ports = { product: 3987, relay: 3988, keeper: 3989 };
const database = await newDatabase("live"); // the keeper's
console.log(
  `${database ? "PostgreSQL" : "embedded database"}, ${visitorCount} visitors, load average ${loadavg()[0]?.toFixed(1)}`,
);

async function measure(name: string, line: Line & { close(): void }): Promise<void> {
  for (const rate of rates) {
    const outcome = await runLoad(line, rate, seconds);
    console.log(`${name.padEnd(32)} ${String(rate).padStart(5)} a second: ${describe(outcome)}`);
  }
  line.close();
}

const running: (() => void)[] = [];
process.on("exit", () => {
  for (const kill of running) kill(); // whatever went wrong, nothing stays behind
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
const relay = await startRelay(ports.relay, null);
running.push(relay.kill);
await measure("bare Socket.IO relay", await relay.line(visitorCount));
if (database) {
  const keeper = await startRelay(ports.keeper, database.url);
  running.push(keeper.kill);
  await measure("a relay that keeps each in a row", await keeper.line(visitorCount));
  await keeper.stop();
}

await database?.drop();

/** Each on a server and a database of its own: what one leaves undone at a rate beyond it is no burden to the next. */
await onProduct(async (product, databaseUrl) => {
  await idleSockets(product, relay, { steps: sockets, databaseUrl }); // first, before messages have filled any memory
  await measure("visitor to agent", await toTheAgent(product, await visitorsOf(product)));
});
await relay.stop();
await onProduct(async (product) =>
  measure("agent to visitor", await toTheVisitors(product, await visitorsOf(product))),
);

async function visitorsOf(product: Product) {
  return openVisitors(product, await product.signIn(), visitorCount);
}

async function onProduct(
  work: (product: Product, databaseUrl: string | undefined) => Promise<void>,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "parlance-bench-"));
  const own = await newDatabase("live");
  const product = await startProduct(directory, ports.product, {
    ...(own ? { DATABASE_URL: own.url } : {}),
    RATE_LIMIT_SCALE: "100000",
    LOG_LEVEL: "warn",
  });
  running.push(product.kill);
  try {
    await work(product, own?.url);
  } finally {
    product.kill(); // it may have more to do than anybody wants to wait for
    await own?.drop();
    rmSync(directory, { recursive: true, force: true });
  }
}
