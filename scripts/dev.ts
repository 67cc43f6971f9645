import { run } from "./shell.ts";

/** The server, started again when its sources change, and the console with hot replacement before it. */
export async function dev(): Promise<number> {
  const server = run("node", ["--watch", "apps/server/src/main.ts"], { NODE_ENV: "development" });
  const web = run("npx", ["vite", "apps/web"]);
  return Promise.race([server, web]);
}
