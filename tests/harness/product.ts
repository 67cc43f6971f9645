import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The server as a process of its own, as `npm start` runs it, with the demo in it. */
export interface Product {
  process: ChildProcess;
  /** What a person reads when it has started. */
  links: { url: string; email: string; password: string; demoPage: string; widgetId: string };
  /** Milliseconds from the start of the process to its printed links. */
  startMs: number;
}

/** Starts it; throws with all that it printed when it ends before its links. */
export function startProduct(env: Record<string, string>): Promise<Product> {
  const start = performance.now();
  const child = spawn(process.execPath, ["apps/server/src/main.ts"], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let output = "";
    child.once("exit", (code) => reject(new Error(`The server ended with code ${code}:\n${output}`)));
    child.stdout.on("data", (data: Buffer) => {
      output += data.toString();
      const find = (pattern: RegExp) => pattern.exec(output)?.[1];
      const url = find(/Console\s+(\S+?)\/\s/);
      const email = find(/sign in with\s+(\S+)/);
      const password = find(/sign in with\s+\S+\s+\/\s+(\S+)/);
      const demoPage = find(/widget\s+(http\S+)/);
      if (url && email && password && demoPage && output.includes("/docs")) {
        const widgetId = demoPage.split("/").at(-1) ?? "";
        const links = { url, email, password, demoPage, widgetId };
        resolve({ process: child, links, startMs: performance.now() - start });
      }
    });
  });
}

/** Ends the process and waits until it is gone; SIGKILL is what a power cut does. */
export async function endProduct({ process: child }: Product, signal: NodeJS.Signals): Promise<void> {
  child.removeAllListeners("exit");
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}
