import { createRequire } from "node:module";
import type { Browser, Page } from "@playwright/test";
import { askForPerson } from "./desk.ts";
import { expect, signIn, test, type World } from "./world.ts";

// the same axe that the other tests bring into a page for each look at it: here each page comes with it, at a third of the cost
const axe = createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright")).resolve(
  "axe-core/axe.min.js",
);
declare global {
  interface Window {
    axe: { run(context: object, options: object): Promise<{ violations: Violation[] }> };
  }
}
interface Violation {
  id: string;
  nodes: { html: string }[];
}

/** Where pictures of all screens are put, for whoever wants to look at them: `SCREENS=test-results/screens`. */
const pictures = process.env.SCREENS;

/** Each width, both themes and both directions, without every product of them. */
const looks = [
  { width: 1440, theme: "light", language: "en" },
  { width: 1024, theme: "dark", language: "fr" },
  { width: 390, theme: "light", language: "ar" },
] as const;

type Look = (typeof looks)[number];

const paths = [
  "inbox",
  "analytics",
  "analytics?range=custom",
  "quality",
  "quality?tab=reviews",
  "quality?tab=problems",
  "quality?tab=evaluations",
  "templates",
  "customers",
  "resolutions",
  "settings",
  "settings?tab=personalities",
  "settings?tab=portal",
  "settings?tab=costs",
  "settings?tab=labels",
  "settings?tab=members",
  "settings?tab=teams",
  "settings?tab=roles",
  "settings?tab=routing",
  "settings?tab=slas",
  "settings?tab=automation",
  "settings?tab=surveys",
  "settings?tab=canned",
  "settings?tab=keys",
  "settings?tab=sign-in",
  "settings?tab=security",
  "settings?tab=audit",
  "settings?tab=workspace",
  "settings?tab=channels",
  "settings?tab=plan",
  "settings?tab=account",
  "admin",
  "admin?tab=bots",
  "admin?tab=tenants",
  "admin?tab=plans",
];

/** Addresses that open a dialog. */
const dialogs = ["bots?new=true"];

// each look goes through some fifty screens, each examined by axe
test.describe.configure({ timeout: 300_000, mode: "parallel" });

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
    for (const tab of ["documents", "prompt", "model", "intents", "widget", "analytics"]) {
      await page.goto(`${world.url}${address}?tab=${tab}`);
      await expect(page.getByRole("tabpanel").first()).toBeVisible();
      await examine(page, `studio-${tab}-${name}`);
    }
    await page.goto(`${world.url}${address}?tab=widget`);
    const publicPage = await page.locator('a[href*="/c/"]').first().getAttribute("href");
    await examineAnswer(page, `${world.url}${address}`, name);
    await examineThread(page, world, name);
    for (const path of paths) {
      await page.goto(`${world.url}/${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await examine(page, `${path.replace(/\?.*=/, "-")}-${name}`);
    }
    for (const path of dialogs) {
      await page.goto(`${world.url}/${path}`);
      await expect(page.getByRole("dialog")).toBeVisible();
      await examine(page, `${path.replace(/\?.*/, "")}-dialog-${name}`);
    }
    await examinePopups(page, `${world.url}${address}`, name);

    await page.context().clearCookies();
    const guests = [
      "sign-in",
      "sign-up",
      "forgot-password",
      "reset-password#token=x",
      "verify-email#token=x",
      "invite",
    ];
    for (const path of guests) {
      await page.goto(`${world.url}/${path}`);
      await expect(page.getByRole("heading")).toBeVisible();
      await examine(page, `${path.replace(/#.*/, "")}-${name}`);
    }
    await page.goto(new URL(publicPage ?? "", world.url).href);
    await expect(page.getByRole("textbox")).toBeVisible();
    await examine(page, `public-${name}`);
    expect(problems).toEqual([]);
    await page.context().close();
  });
}

/** An answer in the playground, why it is as it is, what was found for it, and the passage that it cites. */
async function examineAnswer(page: Page, studio: string, name: string): Promise<void> {
  await page.goto(studio);
  const playground = page.locator("#playground");
  await playground.getByRole("textbox").fill("How do I put the widget on my site?");
  await page.keyboard.press("Enter");
  const answer = playground.getByRole("article").last();
  const why = answer.locator("button[aria-expanded]").first();
  await expect(why).toBeEnabled();
  await why.click();
  await examine(page, `why-${name}`);
  await answer.locator("button[aria-expanded=false]").nth(1).click();
  await expect(answer.getByRole("table").first()).toBeVisible();
  await examine(page, `candidates-${name}`);

  await answer.locator("button", { hasText: /^1$/ }).first().click();
  await expect(page.locator("mark").first()).toBeVisible();
  await examine(page, `passage-${name}`);
}

/** A conversation that waits for a person, with all that stands beside it; on a phone that lies over it. */
async function examineThread(page: Page, world: World, name: string): Promise<void> {
  await askForPerson(world);
  await page.goto(`${world.url}/inbox`);
  await page.locator('a[href*="/inbox/"]').first().click();
  await expect(page.getByRole("log")).toBeVisible();
  await expect(page.locator("aside ol")).toBeAttached(); // the customer's time line comes last
  await examine(page, `thread-${name}`);
  const beside = page.locator("aside");
  if (await beside.isVisible()) return;
  await page.locator("section header button[aria-pressed]").last().click();
  await expect(beside).toBeVisible();
  await examine(page, `thread-details-${name}`);
}

/** What opens at a click or a key. */
async function examinePopups(page: Page, studio: string, name: string): Promise<void> {
  await page.goto(`${studio}?tab=documents`);
  const add = page.getByRole("tabpanel").getByRole("button");
  for (const [index, what] of ["text", "data", "web"].entries()) {
    await add.nth(index + 1).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await examine(page, `add-${what}-${name}`);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await page.getByRole("navigation").getByRole("button").last().click();
  await expect(page.getByRole("menu")).toBeVisible();
  await examine(page, `menu-${name}`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await examine(page, `palette-${name}`);
}

async function open(browser: Browser, world: World, look: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width < 500 ? 844 : 900 },
    // what fades in would be examined half transparent
    reducedMotion: "reduce",
  });
  await context.addInitScript({ path: axe });
  const page = await context.newPage();
  await signIn(page, world);
  await page.evaluate(({ theme, language }) => {
    localStorage.setItem("parlance.theme", theme);
    localStorage.setItem("parlance.language", language);
  }, look);
  return page;
}

/** Once all is there: nothing wider than the screen, and no finding of axe. */
async function examine(page: Page, name: string): Promise<void> {
  await expect(page.locator(".appear-late"), `${name} goes on loading`).toHaveCount(0);
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
  const { overflow, violations } = await page.evaluate(async () => ({
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    // what passes is not put together: half of the time
    violations: (
      await window.axe.run({ exclude: [["iframe"]] }, { resultTypes: ["violations"], preload: false })
    ).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`),
  }));
  expect(overflow, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
  expect(violations, name).toEqual([]);
}
