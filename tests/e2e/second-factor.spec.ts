import type { Page } from "@playwright/test";
import { codeOf, stepAt } from "../../apps/server/src/modules/identity/second-factor/totp.ts";
import { expect, test } from "./world.ts";

const person = { name: "Tess Two", email: "tess@example.test", password: "correct horse" };

test("a person signs in with a code of their app, then by a passkey, and the audit log has it", async ({
  world,
  page,
}) => {
  await signUp(page, world.url);
  await page.goto(`${world.url}/settings?tab=account`);
  const key = await turnOn(page);
  const codes = await page.getByRole("list", { name: "Backup codes" }).innerText();
  expect(codes.trim().split(/\s+/)).toHaveLength(10);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 backup codes are left.")).toBeVisible();

  await addPasskey(page);

  await signOut(page);
  await signIn(page);
  await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  await page.goto(`${world.url}/bots`); // nothing else is behind this page's back
  await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill("000000");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("This code is not right")).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill(codeAfter(key));
  await page.getByLabel("Ask for no code in this browser for 30 days").check();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: "Make your first bot" })).toBeVisible();

  await page.goto(`${world.url}/settings?tab=account`);
  await expect(page.getByText("This one")).toBeVisible();
  await signOut(page);
  await signIn(page);
  await expect(page.getByRole("heading", { name: "Make your first bot" })).toBeVisible();

  await page.goto(`${world.url}/settings?tab=account`);
  await page.getByRole("button", { name: "Stop trusting" }).click();
  await expect(page.getByText("No device is trusted.")).toBeVisible();
  await signOut(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("heading", { name: "Make your first bot" })).toBeVisible();

  await page.goto(`${world.url}/settings?tab=audit`);
  await expect(page.getByText(/Second factor.*turned on/).first()).toBeVisible();
  await expect(page.getByText(/Passkey.*added/).first()).toBeVisible();
});

async function signUp(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-up`);
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Make your first bot" })).toBeVisible();
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/settings?tab=account`);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
}

/** Turns two-step verification on with the key read off the screen, by the code before the present one. */
async function turnOn(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Turn on", exact: true }).click();
  await page.getByRole("button", { name: "Begin" }).click();
  const shown = await page.getByLabel("Or type in this key").first().textContent();
  const key = (shown ?? "").replaceAll(/\s/g, "");
  // the next sign-in needs another code, and nobody waits half a minute for it
  const code = codeOf(key, stepAt(new Date()) - 1);
  await page.getByLabel("2. Enter the code that the app shows now.").fill(code);
  await page.getByRole("button", { name: "Turn on", exact: true }).last().click();
  await expect(page.getByText("Keep your backup codes")).toBeVisible();
  return key;
}

const codeAfter = (key: string) => codeOf(key, stepAt(new Date()) + 1);

/** Adds a passkey that Chromium's own virtual authenticator keeps, and that checks its user. */
async function addPasskey(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.getByRole("button", { name: "Add passkey" }).click();
  await page.getByLabel("Name").last().fill("Work laptop");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("Your passkey was added")).toBeVisible();
  await expect(page.getByText("Work laptop")).toBeVisible();
}
