import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, openWidget, textOf } from "../../../../../tests/harness/chat.ts";
import { botWith, colleague, refusal } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

/* The page of a bot's own: `/c/{publicUrlId}`. */

let server: TestServer;
let ada: TestUser;
let bot: { id: string; publicUrlId: string };
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  bot = await botWith(ada, { "Tea.md": "# Tea\n\nTea is served at four." }, "Tea house");
});
afterAll(() => server.close());

async function open(publicUrlId = bot.publicUrlId, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/c/${publicUrlId}`, { headers });
  return { response, html: await response.text() };
}
const widgetOf = (html: string) => /data-widget="([^"]*)"/.exec(html)?.[1] ?? "";

test("the page names the bot, and its chat is one of the widget's", async () => {
  const { response, html } = await open();
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(html).toContain("<title>Tea house</title>");
  expect(html).toContain('<meta name="description" content="Ask Tea house a question.">');
  expect(html).toContain('<meta name="robots" content="noindex">');
  expect(html).toContain("<noscript>");
  const config = await ada.trpc.widgetConfig.getByBotId.query({ botId: bot.id });
  expect(widgetOf(html)).toBe(config.widgetId);
  const visitor = await openWidget(server, widgetOf(html), { origin: server.url });
  expect(textOf(await askBot(server, visitor, "When is tea served?"))).toContain("at four");
});

test("many first visitors at once make one widget", async () => {
  const fresh = await ada.trpc.bot.create.mutate({ name: "Fresh" });
  const pages = await Promise.all(Array.from({ length: 10 }, () => open(fresh.publicUrlId)));
  expect(new Set(pages.map(({ html }) => widgetOf(html))).size).toBe(1);
});

test("allowed sites of the widget do not close the server's own page", async () => {
  await ada.trpc.widgetConfig.update.mutate({ botId: bot.id, allowedDomains: ["shop.example"] });
  const widgetId = widgetOf((await open()).html);
  await openWidget(server, widgetId, { origin: server.url });
  await expect(openWidget(server, widgetId, { origin: "https://other.example" })).rejects.toThrow("403");
  await ada.trpc.widgetConfig.update.mutate({ botId: bot.id, allowedDomains: [] });
});

test.each([
  ["", "en", "ltr"],
  ["fr-CA,fr;q=0.9,en;q=0.8", "fr", "ltr"],
  ["de,ar;q=0.5,en;q=0.4", "ar", "rtl"],
  ["en;q=0, ar", "ar", "rtl"],
  ["*", "en", "ltr"],
  [";;q=x,,=", "en", "ltr"],
  ["fr;q=0.1,en;q=0.9", "en", "ltr"],
])("speaks the browser's language: %j is %s", async (header, lang, dir) => {
  const { html, response } = await open(bot.publicUrlId, header ? { "accept-language": header } : {});
  expect(html).toContain(`<html lang="${lang}" dir="${dir}">`);
  expect(response.headers.get("vary")).toContain("accept-language");
});

test("speaks the language that its owner chose before the browser's", async () => {
  await ada.trpc.widgetConfig.update.mutate({ botId: bot.id, locale: "ar" });
  const { html } = await open(bot.publicUrlId, { "accept-language": "fr" });
  expect(html).toContain('<html lang="ar" dir="rtl">');
  await ada.trpc.widgetConfig.update.mutate({ botId: bot.id, locale: null });
});

test("an owner's words cannot become markup", async () => {
  const hostile = `"><script>alert(1)</script>'&$1`;
  await ada.trpc.widgetConfig.update.mutate({
    botId: bot.id,
    headerText: hostile,
    initialGreeting: hostile,
  });
  await ada.trpc.bot.update.mutate({ id: bot.id, name: hostile, description: hostile });
  const { html } = await open();
  expect(html).not.toContain("<script>alert");
  expect(html).toContain("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;'&amp;$1");
  await ada.trpc.bot.update.mutate({ id: bot.id, name: "Tea house", description: null });
  expect((await open()).html).toContain('content="Ask Tea house a question."');
});

describe("a friendly page says that there is nothing", () => {
  test.each([
    ["an unknown id", () => "nothing"],
    ["a bot's inner id", () => bot.id],
    ["a long id", () => "x".repeat(3_000)],
    ["NUL", () => "a%00b"],
    ["markup", () => encodeURIComponent("<b>")],
  ])("at %s", async (_title, id) => {
    const { response, html } = await open(id(), { "accept-language": "fr" });
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(html).toContain("Il n’y a pas de discussion ici");
    expect(html).not.toContain("<script");
  });

  test("while the page is switched off, which leaves the widget alone", async () => {
    const widgetId = widgetOf((await open()).html);
    const changed = await ada.trpc.bot.update.mutate({ id: bot.id, publicPage: false });
    expect(changed.publicPage).toBe(false);
    expect((await open()).response.status).toBe(404);
    expect((await open()).html).toBe((await open("nothing")).html);
    await openWidget(server, widgetId);
    const again = await ada.trpc.bot.update.mutate({ id: bot.id, publicPage: true });
    expect(again.publicPage).toBe(true);
    expect((await open()).response.status).toBe(200);
  });

  test("once the bot is deleted", async () => {
    const gone = await ada.trpc.bot.create.mutate({ name: "Gone" });
    const widgetId = widgetOf((await open(gone.publicUrlId)).html);
    await ada.trpc.bot.delete.mutate({ id: gone.id });
    expect((await open(gone.publicUrlId)).response.status).toBe(404);
    await expect(openWidget(server, widgetId)).rejects.toThrow("404");
  });
});

test("only owners and admins switch the page", async () => {
  const agent = await colleague(server, ada, "agent");
  const eve = await server.signUp("Eve");
  const off = { id: bot.id, publicPage: false };
  expect(await refusal(server.guest.bot.update.mutate(off))).toBe("UNAUTHORIZED");
  expect(await refusal(agent.trpc.bot.update.mutate(off))).toBe("FORBIDDEN");
  expect(await refusal(eve.trpc.bot.update.mutate(off))).toBe("NOT_FOUND");
  expect(await refusal(ada.trpc.bot.update.mutate({ ...off, id: newId() }))).toBe("NOT_FOUND");
  expect((await open()).response.status).toBe(200);
});
