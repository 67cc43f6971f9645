import { listRoutes } from "./route-list.ts";

/** `npm run routes`: a line each, or with `--json` the list that the contract's check reads. */
const routes = listRoutes();
if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(routes)}\n`);
else {
  for (const { face, name, kind, auth } of routes) {
    process.stdout.write(`${face.padEnd(6)} ${name.padEnd(52)} ${kind.padEnd(13)} ${auth}\n`);
  }
}
