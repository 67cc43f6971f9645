import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Runs a command from the root with the pinned Node first in the path; gives its exit code. What it prints goes into
 * the open file `output`, where there is one.
 */
export function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
  output: number | "inherit" = "inherit",
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command === "node" ? process.execPath : command, args, {
      cwd: root,
      stdio: ["inherit", output, output],
      env: { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH ?? ""}`, ...env },
    });
    // a signal to this process is one to the command: it ends in its own way, then so does this
    const pass = (signal: NodeJS.Signals) => child.kill(signal);
    process.on("SIGINT", pass);
    process.on("SIGTERM", pass);
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.off("SIGINT", pass);
      process.off("SIGTERM", pass);
      resolve(code ?? (signal === "SIGKILL" ? 137 : 1));
    });
  });
}
