import { build } from "./build.ts";
import { run } from "./shell.ts";

/** Builds where needed, then serves until it is stopped. */
export async function start(): Promise<number> {
  await build({ force: false });
  return run("node", ["apps/server/src/main.ts"], { NODE_COMPILE_CACHE: "node_modules/.cache/node" });
}
