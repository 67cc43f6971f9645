import { build } from "./build.ts";
import { check, test, testIsolation } from "./check.ts";
import { dev } from "./dev.ts";
import { run } from "./shell.ts";
import { start } from "./start.ts";

/** What `npm run …` does, under the pinned Node. */
const tasks: Record<string, (args: string[]) => Promise<number>> = {
  start,
  dev,
  build: async () => {
    await build({ force: true });
    return 0;
  },
  check,
  test,
  "test:isolation": testIsolation,
  routes: async (args) => run("node", ["apps/server/src/app/print-routes.ts", ...args]),
  migration: async (args) => run("npx", ["drizzle-kit", "generate", ...args]),
  evaluate: async (args) => run("node", ["apps/server/src/app/evaluate/main.ts", ...args]),
  bench: async (args) => run("node", ["bench/run.ts", ...args]),
};

const [name = "start", ...args] = process.argv.slice(2);
const task = tasks[name];
if (!task) {
  console.error(`There is no task "${name}". There are: ${Object.keys(tasks).join(", ")}.`);
  process.exit(2);
}
process.exit(await task(args));
