import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import { expect, signIn, test, type World } from "./world.ts";

/** Each width, both themes and both directions, without every product of them. */
const looks = [
  { width: 1440, theme: "light", language: "en" },
  { width: 1440, theme: "dark", language: "ar" },
  { width: 1024, theme: "dark", language: "en" },
  { width: 1024, theme: "light", language: "fr" },
  { width: 390, theme: "light", language: "ar" },
  { width: 390, theme: "dark", language: "en" },
] as const;

type Look = (typeof looks)[number];

for (const look of looks) {
  const name = `${look.width}-${look.theme}-${look.language}`;
  test(`every screen is whole and accessible at ${name}`, async ({ world, browser }) => {
    const page = await open(browser, world, look);
    const problems: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.goto(`${world.url}/bots`);
    const bot = page.getByRole("link", { name: /Parlance guide/ }).first();
    await expect(bot).toBeVisible();
    await examine(page, `bots-${name}`);

    const address = await bot.getAttribute("href");
    for (const tab of ["documents", "prompt", "model", "widget", "analytics"]) {
      await page.goto(`${world.url}${address}?tab=${tab}`);
      await expect(page.getByRole("tabpanel")).toBeVisible();
      await examine(page, `studio-${tab}-${name}`);
    }
    for (const path of [
      "inbox",
      "analytics",
      "settings",
      "templates",
      "settings?tab=plan",
      "settings?tab=account",
      "admin",
      "admin?tab=tenants",
      "admin?tab=plans",
    ]) {
      await page.goto(`${world.url}/${path}`);
      await expect(page.getByRole("main")).toBeVisible();
      await examine(page, `${path.replace("?tab=", "-")}-${name}`);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
}

async function open(browser: Browser, world: World, look: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width < 500 ? 844 : 900 },
  });
  const page = await context.newPage();
  await signIn(page, world);
  await page.evaluate(({ theme, language }) => {
    localStorage.setItem("parlance.theme", theme);
    localStorage.setItem("parlance.language", language);
  }, look);
  return page;
}

/** Nothing wider than the screen, no finding of axe, and a picture to look at. */
async function examine(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/screens/${name}.png` });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).exclude("iframe").analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`),
    name,
  ).toEqual([]);
}
