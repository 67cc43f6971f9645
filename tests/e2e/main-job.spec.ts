import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { emptyQueue } from "./desk.ts";
import { expect, signIn, test } from "./world.ts";

const documents = fileURLToPath(new URL("../../../shared/data/docs", import.meta.url));
const files = [
  "pdf/ok/pdf.js__tracemonkey.pdf",
  "docx/python-docx__test.docx",
  "kb/fastify/Reference/LTS.md",
  "csv/csvs/comma_in_quotes.csv",
].map((file) => join(documents, file));
const brokenFile = join(documents, "pdf/broken/Test-PDF-Files__corrupted.pdf");

test.describe.configure({ mode: "serial" });

let page: Page;
/** Where the conversation is in which a person joined. */
let conversation = "";
test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext();
  page = await context.newPage();
});
test.afterAll(() => page.context().close());

const playground = () => page.locator("#playground");

async function ask(question: string): Promise<void> {
  await playground().getByRole("textbox", { name: "Your question" }).fill(question);
  await page.keyboard.press("Enter");
}

test("1: the printed sign-in opens the console, the demo page and the documentation", async ({ world }) => {
  await signIn(page, world);
  await expect(page.getByText("Parlance guide")).toBeVisible();
  expect((await page.request.get(world.demoPage)).ok()).toBe(true);
  expect((await page.request.get(`${world.url}/docs`)).ok()).toBe(true);
});

test("1: what a browser loads comes compressed", async ({ world }) => {
  for (const file of ["widget.js", "chat.js"]) {
    const response = await fetch(`${world.url}/${file}`, { headers: { "accept-encoding": "br, gzip" } });
    expect(response.headers.get("content-encoding"), file).toBe("br");
  }
});

test("1: the demo's bot answers from Parlance's own documentation", async () => {
  await page
    .getByRole("link", { name: /Parlance guide/ })
    .first()
    .click();
  await ask("How do I put the widget on my site?");
  await expect(
    playground()
      .getByRole("button", { name: /^Source 1/ })
      .first(),
  ).toBeVisible();
});

test("2: four real files become passages, a broken one says why and can be tried again", async ({
  world,
}) => {
  test.skip(!existsSync(documents), `the folder of real documents is absent: ${documents}`);
  await page.goto(`${world.url}/bots`);
  await page.getByRole("button", { name: "New bot" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill("Library");
  await page.getByRole("button", { name: "Create bot" }).click();
  await page.locator('input[type="file"]').setInputFiles([...files, brokenFile]);
  const list = page.getByRole("list", { name: "Documents" });
  for (const name of ["tracemonkey.pdf", "test.docx", "LTS.md", "comma_in_quotes.csv"]) {
    const row = list.getByRole("listitem").filter({ hasText: name });
    await expect(row.getByText(/\d+ passages?/)).toBeVisible({ timeout: 60_000 });
  }
  const broken = list.getByRole("listitem").filter({ hasText: "corrupted.pdf" });
  await expect(broken.getByText("damaged or incomplete")).toBeVisible();
  await broken.getByRole("button", { name: "Try again" }).click();
  await expect(broken.getByText("damaged or incomplete")).toBeVisible();
});

test("2: the answer streams with a citation that opens the passage, highlighted", async () => {
  test.skip(!existsSync(documents), "the folder of real documents is absent");
  await ask("How long is a Fastify major version supported?");
  await expect(playground().getByText("No model is connected")).toBeVisible();
  await playground()
    .getByRole("button", { name: /^Source 1/ })
    .first()
    .click();
  await expect(page.locator("mark").first()).toBeVisible();
  await expect(page.locator("mark").first()).not.toBeEmpty();
});

test("4: with a model connected the same question is answered by it, with citations and checks", async ({
  world,
}) => {
  await page.goto(`${world.url}/settings`);
  await page.getByRole("button", { name: "Connect a model" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Base URL").fill(world.model.baseUrl);
  await dialog.getByLabel("Model", { exact: true }).fill("fake-1");
  await dialog.getByLabel("API key").fill("sk-test-key");
  await dialog.getByRole("button", { name: "Test and save" }).click();
  await expect(dialog).toBeHidden();
  await page.goto(`${world.url}/bots`);
  await page
    .getByRole("link", { name: /Parlance guide/ })
    .first()
    .click();
  const before = world.model.requests;
  await playground().getByRole("button", { name: "New conversation" }).click();
  await ask("How do I put the widget on my site?");
  await expect(
    playground()
      .getByRole("button", { name: /^Source 1/ })
      .first(),
  ).toBeVisible();
  await expect(playground().getByText("No model is connected")).toBeHidden();
  expect(world.model.requests).toBe(before + 1);
});

test("3 and 5: on another site the widget answers, cites, remembers, and hands over to a person", async ({
  world,
  browser,
}) => {
  await page.getByRole("tab", { name: "Widget" }).click();
  const code = await page
    .getByLabel("Embed code")
    .inputValue()
    .catch(() => page.getByLabel("Embed code").innerText());
  expect(code).toContain("/widget.js");

  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(await world.hostPage(code, "en"));
  const widget = visitor.locator("parlance-chat");
  await widget.getByRole("button").first().click();
  const box = widget.getByRole("textbox");
  await box.fill("How do I put the widget on my site?");
  await visitor.keyboard.press("Enter");
  const log = widget.getByRole("log");
  await expect(log.getByRole("button", { name: /1/ }).first()).toBeVisible();

  await visitor.reload();
  await widget.getByRole("button").first().click();
  await expect(log.getByText("How do I put the widget on my site?")).toBeVisible();

  await emptyQueue(page, world);
  const inbox = await page.context().newPage();
  await inbox.goto(`${world.url}/inbox`);
  await expect(inbox.getByText("Nobody is waiting")).toBeVisible();
  const handoff = visitor.waitForRequest(/\/handoff$/);
  await widget.getByRole("button", { name: "Talk to a person" }).click();
  const [id] = new URL((await handoff).url()).pathname.split("/").slice(-2);
  conversation = `inbox/${id}`;
  const row = inbox.getByRole("list", { name: "Conversations" }).locator(`a[href*="${conversation}"]`);
  await expect(row).toContainText("Visitor");
  await row.click();
  await expect(inbox.getByRole("log").or(inbox.getByLabel("Messages")).first()).toContainText(
    "How do I put the widget on my site?",
  );
  await inbox.getByRole("textbox", { name: /Reply/ }).fill("Hello, Demo here. I can help with that.");
  await inbox.keyboard.press("Enter");
  await expect(log.getByText("Hello, Demo here. I can help with that.")).toBeVisible();

  const asked = world.model.requests;
  await box.fill("Thank you, does the bot stay silent now?");
  await visitor.keyboard.press("Enter");
  await expect(inbox.getByText("Thank you, does the bot stay silent now?").first()).toBeVisible();
  expect(world.model.requests).toBe(asked);

  await inbox.getByRole("button", { name: "Hand back to the bot" }).click();
  await expect(inbox.getByText("Bot is answering").first()).toBeVisible();
  await box.fill("How is an answer checked?");
  await visitor.keyboard.press("Enter");
  await expect.poll(() => world.model.requests).toBe(asked + 1);
  await visitor.context().close();
  await inbox.close();
});

test("3: the widget speaks English, French and, from right to left, Arabic, to everyone", async ({
  world,
  browser,
}) => {
  const code = await page
    .getByLabel("Embed code")
    .inputValue()
    .catch(() => page.getByLabel("Embed code").innerText());
  for (const [lang, direction] of [
    ["en", "ltr"],
    ["fr", "ltr"],
    ["ar", "rtl"],
  ] as const) {
    const visitor = await (await browser.newContext({ locale: lang })).newPage();
    await visitor.goto(await world.hostPage(code, lang));
    const widget = visitor.locator("parlance-chat");
    await widget.getByRole("button").first().click();
    await expect(widget).toHaveAttribute("dir", direction);
    await expect(widget.getByRole("textbox")).toBeFocused();
    const { violations } = await new AxeBuilder({ page: visitor }).include("parlance-chat").analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await visitor.keyboard.press("Escape");
    await expect(widget.getByRole("textbox")).toBeHidden();
    await visitor.context().close();
  }
});

test("1: everything acknowledged is there after kill -9", async ({ world }) => {
  await world.crash();
  await page.goto(`${world.url}/bots`);
  await expect(page.getByText(existsSync(documents) ? "Library" : "Parlance guide")).toBeVisible();
  await page.goto(`${world.url}/inbox?view=open`);
  await page.getByRole("list", { name: "Conversations" }).locator(`a[href*="${conversation}"]`).click();
  await expect(page.getByText("How is an answer checked?").first()).toBeVisible();
});
