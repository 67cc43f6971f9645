import type { Page } from "@playwright/test";
import { call, newAgent, newVisitor, type Visitor } from "./desk.ts";
import { startFilm } from "./film.ts";
import { expect, signIn, test } from "./world.ts";

/*
 * A visitor and an agent, each in a browser of their own, from the question to the end. The second test is filmed:
 * test-results/films holds it, also when it fails.
 */

test.describe.configure({ mode: "serial", timeout: 240_000 });

let agent: Page;
test.beforeAll(async ({ browser }) => {
  agent = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
});
test.afterAll(() => agent.context().close());

const row = (page: Page, text: string | RegExp) =>
  page.getByRole("list", { name: "Conversations" }).getByRole("listitem").filter({ hasText: text });
const thread = (page: Page) => page.getByRole("log", { name: "Messages" });
const details = (page: Page) => page.getByRole("complementary", { name: "Details" });
const box = (page: Page) => page.getByRole("textbox", { name: /^(Reply|Note)/ });

test("nobody is there: who asks in words reads what is promised, leaves an address, and sends a file", async ({
  world,
  browser,
}) => {
  const { page, widget, log, say } = await newVisitor(browser, world);
  await say("I want to talk to a human.");
  await expect(log).toContainText("A person was asked to join.");
  await expect(log).toContainText("Nobody is here at the moment.");
  await widget.getByLabel("Leave your email").fill("rosa@example.test");
  await page.keyboard.press("Enter");
  await expect(widget.getByRole("status")).toHaveText("A colleague will answer here");
  const chooser = page.waitForEvent("filechooser");
  await widget.getByRole("button", { name: "Attach files" }).click();
  await (await chooser).setFiles({
    name: "receipt.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("Order 7"),
  });
  await expect(widget.getByRole("list", { name: "Files" })).toContainText("7 bytes");
  await widget.getByRole("textbox", { name: "Your message" }).press("Enter");
  await expect(log.getByRole("button", { name: "Download receipt.txt" })).toBeVisible();
  await page.context().close();

  await signIn(agent, world);
  await agent.getByRole("link", { name: /^Inbox/ }).click();
  await row(agent, "rosa@example.test").getByRole("link").click();
  await expect(details(agent)).toContainText("typed by the visitor");
  const download = agent.waitForEvent("download");
  await thread(agent).getByRole("button", { name: "receipt.txt" }).click();
  expect((await download).suggestedFilename()).toBe("receipt.txt");
});

test("a question becomes an answer, a handoff, a reply and a survey that is answered", async ({
  world,
  browser,
}) => {
  const target = { firstResponseMinutes: 60, resolutionMinutes: 600 };
  const targets = { P0: target, P1: target, P2: target, P3: target };
  await call(agent, world, "slas.create", { name: "Everybody", targets });
  await agent.goto(`${world.url}/inbox`);
  const visitor = await newVisitor(browser, world);
  const film = await startFilm(browser, [
    { title: "Visitor", page: visitor.page },
    { title: "Agent", page: agent },
  ]);
  const { widget, log } = visitor;
  const question = "How do I put the widget on my site?";
  try {
    await visitor.say(question);
    await log.getByRole("button", { name: /^1: / }).first().click();
    await expect(widget.getByRole("complementary")).toContainText("embed code");

    await widget.getByRole("button", { name: "Talk to a person" }).click();
    await expect(log).toContainText("A person was asked to join.");
    await expect(log).not.toContainText("Nobody is here");

    await row(agent, "Visitor").getByRole("link").click();
    await expect(thread(agent)).toContainText(question);
    await expect(agent.getByRole("region", { name: "Handoff brief" })).toContainText(question);
    await expect(details(agent)).toContainText("1 conversation, 1 open");
    await expect(agent.getByText(/\d.* left$/).first()).toBeVisible();

    await agent.keyboard.press("n");
    await box(agent).fill("Their site runs on an old framework.");
    await agent.keyboard.press("Enter");
    await expect(thread(agent)).toContainText("Their site runs on an old framework.");

    await agent.keyboard.press("Escape");
    await agent.keyboard.press("r");
    await agent.keyboard.press("Alt+Enter");
    await expect(agent.getByRole("region", { name: "Suggested reply" })).toContainText("embed code");
    await agent.keyboard.press("Alt+Enter");
    await expect(box(agent)).toHaveValue(/embed code/);
    await box(agent).press("End");
    await agent.keyboard.type(" I can look at your page with you.");
    await agent.keyboard.press("Enter");
    await expect(log).toContainText("I can look at your page with you.");
    await expect(widget.getByRole("status")).toHaveText("Demo answers here");

    await widget.getByRole("textbox", { name: "Your message" }).pressSequentially("Thank you");
    await expect(agent.getByText("Visitor is writing")).toBeVisible();
    await visitor.say("Thank you, it works now.");
    await expect(thread(agent)).toContainText("Thank you, it works now.");
    await details(agent).getByLabel("Tags").fill("embedding");
    await agent.keyboard.press("Enter");
    await expect(row(agent, "Thank you, it works now.")).toHaveCount(1);
    await expect(details(agent).getByRole("list", { name: "Tags" })).toContainText("embedding");

    await agent.getByRole("button", { name: "Resolve" }).click();
    await expect(log).toContainText("Marked as resolved");
    await answerSurvey(visitor);

    await agent.goto(`${world.url}/settings?tab=surveys`);
    await expect(agent.getByText("1 of 1 answered")).toBeVisible();

    // what colleagues say among themselves never left the console, and does not come with a fresh copy either
    await expect(log).not.toContainText("old framework");
  } finally {
    await film.end("test-results/films/question-to-survey.webm");
    await visitor.page.context().close();
  }
});

/** By the keyboard alone, from where one writes. */
async function answerSurvey({ page, widget, log }: Visitor): Promise<void> {
  const survey = widget.getByRole("form", { name: "Survey" });
  await expect(survey).toContainText("How satisfied are you with the help you got?");
  await widget.getByRole("textbox", { name: "Your message" }).focus();
  const best = survey.getByRole("radio", { name: "5: Very much" });
  for (let steps = 0; steps < 5; steps++) await page.keyboard.press("Shift+Tab");
  await expect(best).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Quick and kind.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(log).toContainText("Thank you for your answer");
}

test("a conversation goes from one agent to another, and only the new one answers", async ({
  world,
  browser,
}) => {
  const nia = await newAgent(browser, world, agent, "Nia");
  await nia.goto(`${world.url}/inbox`);
  await agent.goto(`${world.url}/inbox`);
  const visitor = await newVisitor(browser, world);
  const answerer = visitor.widget.getByRole("status");
  await visitor.say("I want to talk to a human about an invoice.");
  await row(agent, "invoice").getByRole("link").click();
  await row(nia, "invoice").getByRole("link").click();
  await expect(agent.getByText("Also looking: Nia")).toBeVisible();
  await box(nia).pressSequentially("I can");
  await expect(agent.getByText("Writing a reply here too: Nia")).toBeVisible();
  await box(nia).fill("");
  await agent.getByRole("button", { name: "Take over" }).click();
  await expect(answerer).toHaveText("Demo answers here");
  await expect(row(nia, "invoice")).toContainText("Demo"); // whose it is stands in everybody's list

  await agent.getByRole("button", { name: "Hand over" }).click();
  const dialog = agent.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "To" }).click();
  await agent.getByRole("option", { name: /^Nia/ }).click();
  await dialog.getByLabel("Why").fill("Nia knows the invoices.");
  await dialog.getByRole("button", { name: "Hand over" }).click();
  await expect(answerer).toHaveText("Nia answers here");
  await expect(box(agent)).toHaveAccessibleName(/^Note/); // a note is all that Demo may write now

  await expect(thread(nia)).toContainText("Nia knows the invoices.");
  await box(nia).fill("Hello, Nia here. I have your invoice.");
  await nia.keyboard.press("Enter");
  await expect(visitor.log).toContainText("Hello, Nia here. I have your invoice.");
  await visitor.page.context().close();
  await nia.context().close();
});
