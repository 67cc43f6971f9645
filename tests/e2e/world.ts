import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test as base, expect, type Page } from "@playwright/test";
import { type FakeModel, startFakeModel } from "./fake-model.ts";
import { addressOf } from "./listen.ts";
import { htmlPage, type Site, startSite } from "./site.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface World {
  /** The product's own address. */
  url: string;
  email: string;
  password: string;
  demoPage: string;
  model: FakeModel;
  /** Of another origin, which the server may fetch from. */
  site: Site;
  /** Kills the server as a power cut would, and starts it again on the same data. */
  crash(): Promise<void>;
  /** Puts `body` on the site's first page and gives its address. */
  hostPage(body: string, lang: string): Promise<string>;
}

/** The server as a process of its own, a model's provider, and somebody's web site, all on this machine. */
export const test = base.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for the pattern
    async ({}, use) => {
      const directory = mkdtempSync(join(tmpdir(), "parlance-e2e-"));
      const model = await startFakeModel();
      const site = await startSite();
      const port = await freePort();
      const env = {
        DATA_DIR: directory,
        PORT: String(port),
        RATE_LIMIT_SCALE: "10", // the looks go through screens faster than any person
        OUTBOUND_ALLOWED_HOSTS: `${new URL(model.baseUrl).host},${new URL(site.url).host}`,
      };
      let running = await startProduct(env);
      await use({
        ...running.links,
        model,
        site,
        async crash() {
          await end(running.process, "SIGKILL");
          running = await startProduct(env);
        },
        async hostPage(body, lang) {
          site.pages.set("/", htmlPage("A shop", body, lang));
          return site.url;
        },
      });
      await end(running.process, "SIGTERM");
      await model.close();
      site.close();
      rmSync(directory, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],
});
export { expect };

export async function signIn(page: Page, world: World): Promise<void> {
  await page.goto(`${world.url}/sign-in`);
  await page.getByLabel("Email").fill(world.email);
  await page.getByLabel("Password").fill(world.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Bots" })).toBeVisible();
}

interface Product {
  process: ChildProcess;
  links: Pick<World, "url" | "email" | "password" | "demoPage">;
}

/** What a person reads after `npm start`: three links and a sign-in. */
function startProduct(env: Record<string, string>): Promise<Product> {
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
        resolve({ process: child, links: { url, email, password, demoPage } });
      }
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.removeAllListeners("exit");
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const address = await addressOf(server);
  await new Promise((resolve) => server.close(resolve));
  return Number(new URL(address).port);
}
