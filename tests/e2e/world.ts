import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { freePort } from "../harness/free-port.ts";
import { endProduct, startProduct } from "../harness/product.ts";
import { type FakeModel, startFakeModel } from "./fake-model.ts";
import { htmlPage, type Site, startSite } from "./site.ts";

export interface World {
  /** The product's own address. */
  url: string;
  email: string;
  password: string;
  demoPage: string;
  /** Of the demo's bot. */
  widgetId: string;
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
          await endProduct(running, "SIGKILL");
          running = await startProduct(env);
        },
        async hostPage(body, lang) {
          site.pages.set("/", htmlPage("A shop", body, lang));
          return site.url;
        },
      });
      await endProduct(running, "SIGTERM");
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
