import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./world.ts";

test.describe.configure({ mode: "serial" });

let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage();
});
test.afterAll(() => page.context().close());

const prompt = (on = page) => on.getByRole("textbox", { name: "Prompt" });
const save = (on = page) => on.getByRole("button", { name: "Save", exact: true }).click();
const version = (number: number, on = page) =>
  on.getByRole("listitem").filter({ hasText: new RegExp(`^Version ${number}(?!\\d)`) });

let written: string;

test("a bot begins from a template of the gallery", async ({ world }) => {
  await signIn(page, world);
  await page.getByRole("link", { name: "Templates" }).click();
  await page.getByRole("searchbox", { name: "Search templates" }).fill("handbook");
  await expect(page.getByRole("link", { name: "Online shop" })).toBeHidden();
  await page.getByRole("link", { name: "HR policies" }).click();
  const preview = page.getByRole("dialog");
  await expect(preview.getByText("How many days of annual leave do I have?")).toBeVisible();
  await preview.getByRole("link", { name: "Use this template" }).click();
  await expect(page.getByRole("radio", { name: "HR policies" })).toBeChecked();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("HR policies");
  await page.getByLabel("Name", { exact: true }).fill("People desk");
  await page.getByRole("button", { name: "Create bot" }).click();
  await expect(page.getByText("What helps such a bot most")).toBeVisible();
  await page.getByRole("tab", { name: "Prompt" }).click();
  await expect(prompt()).toHaveValue(/^You explain this employer's HR policies/);
  written = await prompt().inputValue();
});

test("a change is shown before it is saved, and kept as a version", async () => {
  await prompt().fill(written.replace("neutral and clear", "warm and clear"));
  await page.getByRole("button", { name: "What will change" }).click();
  await expect(page.locator("del")).toHaveText("Removed: neutral");
  await expect(page.locator("ins")).toHaveText("Added: warm");
  await save();
  await expect(version(2)).toContainText("Current");
  await version(2).getByRole("button", { name: "What changed" }).click();
  await expect(version(2).locator("ins")).toHaveText("Added: warm");
});

test("an earlier version is brought back exactly, as a new one", async () => {
  await version(1).getByRole("button", { name: "Bring back" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Bring back" }).click();
  await expect(version(3)).toContainText("brought back from version 1");
  await expect(prompt()).toHaveValue(written);
});

test("who saves second is told, sees both texts, and loses none", async () => {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await prompt(other).fill("Be brief.");
  await save(other);
  await expect(version(4, other)).toContainText("Current");
  await other.close();

  await prompt().fill(`${written}\n- Mine.`);
  await save();
  await expect(page.getByText(/saved version 4 while you were writing/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await page.getByRole("button", { name: /^Keep mine/ }).click();
  await save();
  await expect(version(5)).toContainText("Current");
  await expect(version(4)).toBeVisible();
  await expect(prompt()).toHaveValue(`${written}\n- Mine.`);
});
