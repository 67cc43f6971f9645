import type { Page } from "@playwright/test";
import { htmlPage } from "./site.ts";
import { expect, signIn, test, type World } from "./world.ts";

/*
 * What a builder of bots does, from the beginning to the end: a bot from a template, every kind of source, two prompts,
 * questions to each source, a rating, and all of it in the figures.
 */

test.describe.configure({ mode: "serial" });

let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage();
});
test.afterAll(() => page.context().close());

const playground = () => page.locator("#playground");
const documents = () => page.getByRole("list", { name: "Documents" });
const openTab = (name: string) => page.getByRole("tab", { name }).click();

async function isReady(name: string | RegExp): Promise<void> {
  const row = documents().getByRole("listitem").filter({ hasText: name });
  await expect(row.getByText(/\d+ passages?/)).toBeVisible({ timeout: 60_000 });
}

/** Asks in the playground and expects the words in an answer that cites the document. */
async function ask(question: string, answer: string | RegExp, source: RegExp): Promise<void> {
  await playground().getByRole("textbox", { name: "Your question" }).fill(question);
  await expect(playground().getByRole("button", { name: "Send", exact: true })).toBeEnabled(); // the answer before it is whole
  await page.keyboard.press("Enter");
  await expect(playground().getByText(answer).last()).toBeVisible();
  await expect(playground().getByRole("button", { name: source }).last()).toBeVisible();
}

test("a bot begins from the shop's template", async ({ world }) => {
  await signIn(page, world);
  await page
    .getByRole("link", { name: "New bot" })
    .or(page.getByRole("button", { name: "New bot" }))
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Online shop" }).check();
  await dialog.getByLabel("Name", { exact: true }).fill("Bicycle shop");
  await dialog.getByRole("button", { name: "Create bot" }).click();
  await expect(page.getByRole("heading", { name: "Bicycle shop" })).toBeVisible();
});

test("it takes a file, text, a table, records and a whole site", async ({ world }) => {
  await page.locator('input[type="file"]').setInputFiles({
    name: "warranty.md",
    mimeType: "text/markdown",
    buffer: Buffer.from("# Warranty\n\nThe frame of every bicycle is under warranty for twelve years."),
  });
  await isReady("warranty.md");

  await page.getByRole("button", { name: "Write text" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Opening hours");
  await page.getByLabel("Text", { exact: true }).fill("The workshop opens on Saturdays from nine to noon.");
  await page.getByRole("button", { name: "Add text" }).click();
  await isReady("Opening hours");

  await addData("Prices", "product,price\nHarbour 7,€ 1240\nCanal 3,€ 890");
  await isReady("Prices");
  await addData(
    "Colours",
    JSON.stringify([
      { model: "Harbour 7", colour: "graphite" },
      { model: "Canal 3", colour: "seafoam" },
    ]),
  );
  await isReady("Colours");

  await addSite(world);
  await isReady("Returns");
  await isReady("Delivery");
  await expect(documents().getByText("Staff only")).toBeHidden();
});

async function addData(name: string, content: string): Promise<void> {
  await page.getByRole("button", { name: "Paste data" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel("Data", { exact: true }).fill(content);
  await dialog.getByRole("button", { name: "Add data" }).click();
  await expect(dialog).toBeHidden();
}

async function addSite({ site }: World): Promise<void> {
  const links = '<a href="/help/returns">Returns</a> <a href="/help/staff">Staff</a>';
  site.pages
    .set("/robots.txt", {
      type: "text/plain",
      body: `User-agent: *\nDisallow: /help/staff\nSitemap: ${site.url}/map.xml`,
    })
    .set("/map.xml", {
      type: "application/xml",
      body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${site.url}/help/delivery</loc></url></urlset>`,
    })
    .set(
      "/help/",
      htmlPage("Help", `<p>All that customers ask about our bicycles and what we answer them.</p>${links}`),
    )
    .set(
      "/help/returns",
      htmlPage("Returns", "<p>You may send a bicycle back within forty days of its arrival.</p>"),
    )
    .set(
      "/help/delivery",
      htmlPage("Delivery", "<p>A bicycle is delivered by van within six working days.</p>"),
    )
    .set("/help/staff", htmlPage("Staff only", "<p>The code of the alarm is not for customers.</p>"));
  await page.getByRole("button", { name: "Add a web page" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address").fill(`${site.url}/help/`);
  await dialog.getByText("Whole site").click();
  await dialog.getByRole("button", { name: "Add and read" }).click();
  await expect(page.getByRole("list", { name: "Web pages and sites" }).getByText("3 documents")).toBeVisible({
    timeout: 60_000,
  });
}

test("another prompt is written and used", async () => {
  await openTab("Prompt");
  await page.getByRole("button", { name: "New prompt" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Formal");
  await page.getByRole("textbox", { name: "Prompt" }).fill("Address customers formally. Be brief.");
  await page.getByRole("button", { name: "Create prompt" }).click();
  await page.getByRole("button", { name: "Use this prompt" }).click();
  await expect(page.getByText("The bot now follows “Formal”")).toBeVisible();
});

test("each source answers, and the answer's candidates can be seen", async () => {
  await ask("How long is the warranty on the frame?", /twelve years/, /^Source \d.*/);
  await ask("When does the workshop open on Saturdays?", /nine to noon/, /^Source \d.*/);
  await ask("What is the price of the Canal 3?", /890/, /^Source \d.*/);
  await ask("Which colour is the Canal 3?", /seafoam/, /^Source \d.*/);
  await ask("Within how many days may I send a bicycle back?", /forty days/, /^Source \d.*/);
});

test("an answer is rated and everything is in the figures", async () => {
  await playground().getByRole("button", { name: "Good answer" }).last().click();
  await expect(playground().getByRole("button", { name: "Good answer" }).last()).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await openTab("Analytics");
  const figure = (name: string) =>
    page.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) });
  await expect(figure("Questions")).toContainText("5");
  await expect(figure("Good ratings")).toContainText("of 1 rating");
  await expect(figure("Good ratings")).toContainText("100%");
  await expect(page.getByRole("heading", { name: "Most cited documents" })).toBeVisible();
});
