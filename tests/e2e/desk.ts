import type { Browser, Locator, Page } from "@playwright/test";
import { expect, type World } from "./world.ts";

/** A visitor of somebody's site, on a page of another origin than ours, with the widget open. */
export interface Visitor {
  page: Page;
  widget: Locator;
  log: Locator;
  say(text: string): Promise<void>;
}

export async function newVisitor(browser: Browser, world: World): Promise<Visitor> {
  const page = await (await browser.newContext()).newPage();
  const code = `<script src="${world.url}/widget.js" data-widget="${world.widgetId}" async></script>`;
  await page.goto(await world.hostPage(code, "en"));
  const widget = page.locator("parlance-chat");
  await widget.getByRole("button", { name: "Open chat" }).click();
  return {
    page,
    widget,
    log: widget.getByRole("log"),
    async say(text) {
      await widget.getByRole("textbox", { name: "Your message" }).fill(text);
      await page.keyboard.press("Enter");
    },
  };
}

/** Does as the console does for whoever is signed in on `page`; gives what the server answered. */
export async function call(page: Page, world: World, procedure: string, input: object) {
  const { request } = page.context();
  const session = await (await request.get(`${world.url}/trpc/auth.getSession`)).json();
  const response = await request.post(`${world.url}/trpc/${procedure}`, {
    data: input,
    headers: { "x-csrf-token": session.result.data.csrfToken },
  });
  expect(response.ok(), `${procedure}: ${await response.text()}`).toBe(true);
  return (await response.json()).result.data;
}

/** Resolves what waits for a person: files of tests that one worker runs share a world. */
export async function emptyQueue(page: Page, world: World): Promise<void> {
  const input = encodeURIComponent(JSON.stringify({ view: "needs_human" }));
  const waiting = await page.context().request.get(`${world.url}/trpc/conversations.list?input=${input}`);
  const { items } = (await waiting.json()).result.data;
  for (const { id } of items) await call(page, world, "conversations.resolve", { id });
}

/** A visitor who asks for a person, without a browser. */
export async function askForPerson(world: World): Promise<void> {
  const post = async (path: string, body: object, token?: string) => {
    const response = await fetch(`${world.url}/api${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    expect(response.ok, path).toBe(true);
    return response.json();
  };
  const { token, conversationId } = await post(`/widget/${world.widgetId}/session`, { locale: "en" });
  await post(`/chat/${conversationId}/handoff`, { email: "rosa@example.test" }, token);
}

/** Somebody whom the one on `page` invited, in a browser of their own. */
export async function newAgent(browser: Browser, world: World, by: Page, name: string): Promise<Page> {
  const invited = await call(by, world, "users.invite", {
    emails: [`${name.toLowerCase()}@example.test`],
    role: "agent",
  });
  const page = await (await browser.newContext()).newPage();
  await page.goto(invited.invitations[0].link);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill("correct horse");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("link", { name: "Inbox" })).toBeVisible();
  return page;
}
