import type { Page } from "@playwright/test";
import { codeOf, stepAt } from "../../apps/server/src/modules/identity/second-factor/totp.ts";
import { expect, test } from "./world.ts";

const password = "correct horse";

/** Who may do what, by the hands of a person: from signing up to what the audit log says of it. */
test("a person turns on a second factor, invites a colleague, gives them a role, and finds it in the log", async ({
  world,
  page,
  browser,
}) => {
  await page.goto(`${world.url}/sign-up`);
  await page.getByLabel("Your name").fill("Olga Owner");
  await page.getByLabel("Email").fill("olga@example.test");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Make your first bot" })).toBeVisible();

  await turnOnSecondFactor(page, world.url);

  await page.goto(`${world.url}/settings?tab=members`);
  await page.getByRole("button", { name: "Invite people" }).click();
  await page.getByLabel("Email addresses").fill("Nora <nora@example.test>");
  await page.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: "Member", exact: true }).click();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Pass the links on" })).toBeVisible();
  const link = await page.getByLabel("Link for nora@example.test").first().textContent();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("Expires")).toBeVisible();

  const colleague = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await colleague.goto(link ?? "");
  await expect(colleague.getByRole("heading", { name: "Join Olga Owner" })).toBeVisible();
  await colleague.getByLabel("Your name").fill("Nora New");
  await colleague.getByLabel("Password", { exact: true }).fill(password);
  await colleague.getByRole("button", { name: "Join" }).click();
  await expect(colleague.getByRole("link", { name: "Bots" })).toBeVisible();
  await expect(colleague.getByRole("link", { name: "Analytics" })).toHaveCount(0);

  await page.goto(`${world.url}/settings?tab=roles`);
  await page.getByRole("button", { name: "Make a role" }).click();
  await page.getByLabel("Name").fill("Night watch");
  for (const right of ["See bots and their documents", "See analytics"]) {
    await page.getByRole("checkbox", { name: right }).check();
  }
  await page.getByRole("button", { name: "Save role" }).click();
  await expect(page.getByText("The role “Night watch” was saved")).toBeVisible();

  await page.goto(`${world.url}/settings?tab=members`);
  await page.getByRole("combobox", { name: "Role of Nora New" }).click();
  await page.getByRole("option", { name: "Night watch" }).click();
  await page.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText("Nora New is Night watch now")).toBeVisible();

  await page.goto(`${world.url}/settings?tab=audit`);
  for (const words of [/Role.*created/, /Invitation.*sent/, /Invitation.*accepted/, /Member.*role changed/]) {
    await expect(page.getByText(words).first()).toBeVisible();
  }

  // the session with the old role has ended; the new one sees what the role allows
  await colleague.reload();
  await colleague.getByLabel("Email").fill("nora@example.test");
  await colleague.getByLabel("Password", { exact: true }).fill(password);
  await colleague.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(colleague.getByRole("link", { name: "Analytics" })).toBeVisible();
  await colleague.close();
});

/** With the app's key read off the screen, as a person would type it. */
async function turnOnSecondFactor(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/settings?tab=account`);
  await page.getByRole("button", { name: "Turn on", exact: true }).click();
  await page.getByRole("button", { name: "Begin" }).click();
  const key =
    (await page.getByLabel("Or type in this key").first().textContent())?.replaceAll(/\s/g, "") ?? "";
  await page.getByLabel("2. Enter the code that the app shows now.").fill(codeOf(key, stepAt(new Date())));
  await page.getByRole("button", { name: "Turn on", exact: true }).last().click();
  await expect(page.getByRole("list", { name: "Backup codes" }).getByRole("listitem")).toHaveCount(10);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 backup codes are left.")).toBeVisible();
}
