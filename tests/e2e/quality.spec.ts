import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./world.ts";

/*
 * How a bad answer becomes a right one: it is rated badly, becomes a problem, gets an article that a person approves, is
 * asked again and answered from that, and stays right by an evaluation.
 */

test.describe.configure({ mode: "serial" });

const question = "How long does delivery to Norway take?";

let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage();
});
test.afterAll(() => page.context().close());

const playground = () => page.locator("#playground");
const panel = (title: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

async function ask(answer: RegExp): Promise<void> {
  await playground().getByRole("textbox", { name: "Your question" }).fill(question);
  await page.keyboard.press("Enter");
  await expect(playground().getByText(answer).last()).toBeVisible();
}

test("a bot that knows too little gives a bad answer, and somebody says so", async ({ world }) => {
  await signIn(page, world);
  await page
    .getByRole("link", { name: "New bot" })
    .or(page.getByRole("button", { name: "New bot" }))
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Lamp shop");
  await dialog.getByRole("button", { name: "Create bot" }).click();
  await expect(page.getByRole("heading", { name: "Lamp shop" })).toBeVisible();
  await page.getByRole("button", { name: "Write text" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Delivery");
  await page
    .getByLabel("Text", { exact: true })
    .fill("Delivery to Norway takes some time, which depends on the post.");
  await page.getByRole("button", { name: "Add text" }).click();
  const documents = page.getByRole("list", { name: "Documents" });
  await expect(documents.getByText(/\d+ passages?/)).toBeVisible({ timeout: 60_000 });

  await ask(/depends on the post/);
  await playground().getByRole("button", { name: "Poor answer" }).click();
});

test("it is a problem now, which shows the answer and why it did not do", async ({ world }) => {
  await page.goto(`${world.url}/quality?tab=problems`);
  await page.getByRole("list", { name: "Problems" }).getByRole("link", { name: question }).click();
  await expect(page.getByRole("heading", { name: question, level: 2 })).toBeVisible();
  const answers = panel("Answers that were no good");
  await expect(answers.getByText(/depends on the post/)).toBeVisible();
  await expect(answers.getByText("Rated badly")).toBeVisible();

  await page.getByRole("button", { name: "Test again" }).click();
  await expect(panel("Test").getByText("0 of 1 answered from evidence")).toBeVisible();
  await expect(panel("Test").getByText(/same answer that was bad before/)).toBeVisible();
});

test("an article is drafted and approved, and the gap is closed by evidence", async () => {
  await page.getByRole("button", { name: "Write it yourself" }).click();
  const article = panel("Article");
  await article.getByLabel("Text", { exact: true }).fill("Delivery to Norway takes six working days.");
  await article.getByRole("button", { name: "Save draft" }).click();
  await article.getByRole("button", { name: "Approve and publish" }).click();
  await expect(article.getByText("Article published")).toBeVisible();
  await expect(panel("Test").getByText("1 of 1 answered from evidence")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Closed by evidence")).toBeVisible();
});

test("asked again, the bot answers right, from the article", async () => {
  await page.getByRole("link", { name: "Bots" }).first().click();
  await page.getByRole("link", { name: "Lamp shop" }).click();
  await ask(/six working days/);
  await expect(
    playground()
      .getByRole("button", { name: /^Source \d.*/ })
      .last(),
  ).toBeVisible();
});

test("an evaluation of it is green", async ({ world }) => {
  await page.goto(`${world.url}/quality?tab=evaluations`);
  await page.getByRole("combobox", { name: "Bot" }).click();
  await page.getByRole("option", { name: "Lamp shop" }).click();
  await page.getByRole("button", { name: "Add a case" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Question").fill(question);
  await dialog.getByLabel("Must be in the answer").fill("six working days");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Start a run" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByText("1 of 1 passed").first()).toBeVisible({ timeout: 60_000 });
});
