import { run } from "../scripts/shell.ts";

/** `npm run bench [name …] [--flag …]`: each measures beside a peer or a floor in the same run, and gets the flags. */
const benches: Record<string, string> = {
  server: "bench/server/run.ts",
  retrieval: "bench/retrieval/run.ts",
  answers: "bench/answers/run.ts",
  intent: "bench/intent/run.ts",
  live: "bench/live/run.ts",
  inbox: "bench/inbox/run.ts",
};

const flags = process.argv.slice(2).filter((argument) => argument.startsWith("--"));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const unknown = names.filter((name) => !benches[name]);
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  console.log(`\n── ${name}`);
  const file = benches[name];
  if (file && (await run("node", [file, ...flags])) !== 0) process.exitCode = 1;
}
