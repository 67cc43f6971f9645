import type { Page } from "@playwright/test";
import { expect, signIn, test, type World } from "./world.ts";

/** What an operator does with people and plans, and what a member sees of it. */
test("an administrator gives plans, and a limit is pointed out before anybody runs into it", async ({
  world,
  page,
  browser,
}) => {
  const member = await browser.newPage();
  await signUp(member, world, "Small shop");
  await signIn(page, world);
  await page.getByRole("link", { name: "Admin" }).click();

  await page.getByRole("button", { name: "Actions for Demo" }).click();
  await page.getByRole("menuitem", { name: "Remove as administrator" }).click();
  await page.getByRole("button", { name: "Remove as administrator" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("only administrator");
  await page.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("tab", { name: "Plans" }).click();
  await page.getByRole("button", { name: "Edit the plan Starter" }).click();
  await page.getByRole("textbox", { name: "Bots" }).fill("-1");
  await page.getByRole("button", { name: "Save plan" }).click();
  await expect(page.getByText("Enter a number from 0, or nothing.")).toBeVisible();
  await page.getByRole("textbox", { name: "Bots" }).fill("1");
  await page.getByRole("button", { name: "Save plan" }).click();
  await expect(page.getByText("The plan “Starter” was saved")).toBeVisible();

  await page.getByRole("tab", { name: "Workspaces" }).click();
  await page.getByLabel("Search workspaces by name").fill("small");
  await page.getByRole("button", { name: "Change plan of Small shop" }).click();
  await page.getByRole("combobox", { name: "Plan" }).click();
  await page.getByRole("option", { name: "Starter" }).click();
  await page.getByRole("button", { name: "Set plan" }).click();
  await expect(page.getByText("Small shop has the plan “Starter” now")).toBeVisible();

  await member.reload();
  await expect(member.getByText("Bots: the limit of 1 is reached.")).toBeVisible();
  await expect(member.getByRole("link", { name: "Admin" })).toHaveCount(0);
  await member.getByRole("link", { name: "Plan and usage" }).click();
  await expect(member.getByText("Your plan: Starter")).toBeVisible();
  await expect(member.getByRole("progressbar", { name: "Bots" })).toHaveAttribute("aria-valuenow", "100");
  await member.goto(`${world.url}/admin`);
  await expect(member.getByText("For administrators of this installation")).toBeVisible();
  await member.close();
});

/** A workspace of its own with one bot, so that the demo, which other tests share, keeps its plan. */
async function signUp(page: Page, world: World, name: string): Promise<void> {
  await page.goto(`${world.url}/sign-up`);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Email").fill("shop@example.test");
  await page.getByLabel("Password").fill("correct horse");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Make your first bot" })).toBeVisible();
  const { request } = page.context();
  const session = await (await request.get(`${world.url}/trpc/auth.getSession`)).json();
  const made = await request.post(`${world.url}/trpc/bot.create`, {
    data: { name: "Shop" },
    headers: { "x-csrf-token": session.result.data.csrfToken },
  });
  expect(made.ok()).toBe(true);
}

test("a changed password keeps this session and ends the others", async ({ world, page, browser }) => {
  await signIn(page, world);
  const elsewhere = await browser.newPage();
  await signIn(elsewhere, world);
  await page.goto(`${world.url}/settings?tab=account`);
  const change = async (current: string, next: string) => {
    await page.getByLabel("Current password").fill(current);
    await page.getByLabel("New password").fill(next);
    await page.getByRole("button", { name: "Change password" }).click();
  };
  await change("wrong", "another password");
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  await change(world.password, "another password");
  await expect(page.getByText("Your password was changed")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Current password")).toBeVisible();
  await elsewhere.goto(`${world.url}/bots`);
  await expect(elsewhere.getByRole("button", { name: "Sign in" })).toBeVisible();
  await elsewhere.close();
  await change("another password", world.password); // other tests share the world
  await expect(page.getByText("Your password was changed")).toBeVisible();
});
