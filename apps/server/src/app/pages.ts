import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "../platform/errors/index.ts";

const webDist = fileURLToPath(new URL("../../../web/dist", import.meta.url));
const widgetDist = fileURLToPath(new URL("../../../widget/dist", import.meta.url));

/** The console, the widget's script, and a page that shows the widget as a site would. */
export async function registerPages(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: webDist,
    wildcard: false,
    index: false,
    decorateReply: true,
    serve: existsSync(webDist),
    // the build put `.br` and `.gz` beside each file: sent in its place, never under their own names
    preCompressed: true,
    globIgnore: ["**/*.{br,gz}"],
    setHeaders: (reply, path) => reply.header("cache-control", cacheControl(path)),
  });
  for (const file of ["widget.js", "chat.js", "chat.css", "survey.js", "files.js", "passage.js"]) {
    app.get(`/${file}`, async (_request, reply) => reply.sendFile(file, widgetDist));
  }
  app.get("/page.css", async (_request, reply) => reply.type("text/css; charset=utf-8").send(pageStyle));
  app.get<{ Params: { widgetId: string } }>("/widget-preview/:widgetId", async (request, reply) =>
    reply.type("text/html; charset=utf-8").send(page("Preview", previewBody, request.params.widgetId, true)),
  );
  app.get<{ Params: { widgetId: string } }>("/demo/:widgetId", async (request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .send(page("Northwind Tea", demoBody, request.params.widgetId, false)),
  );
  app.setNotFoundHandler(async (request, reply) => {
    if (!isPageOfConsole(request)) throw new AppError("NOT_FOUND", "There is nothing here.");
    return reply.sendFile("index.html");
  });
}

/** How long a browser may keep the built file at `path` without asking again. */
function cacheControl(path: string): string {
  // sites embed the widget by its name: they get a new one within minutes
  if (path.startsWith(widgetDist)) return "public, max-age=300";
  // the console's files carry a hash of their content in their names
  return path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
}

/** The console finds its own way at any address that is no API's and no file's. */
function isPageOfConsole({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split("?", 1)[0] ?? "";
  const takesHtml = /text\/html|\*\/\*/.test(headers.accept ?? "*/*");
  return (
    (method === "GET" || method === "HEAD") &&
    takesHtml &&
    !/^\/(api|v1|trpc|health|openai)(\/|$)|\.\w+$/.test(path)
  );
}

/** A file of its own: no page of ours may hold a style or a script within. */
const pageStyle = `body { margin: 0; font: 16px/1.6 system-ui, sans-serif; color: #1f2937; background: #faf7f2 }
header { display: flex; justify-content: space-between; padding: 16px 32px; border-bottom: 1px solid #e5ded2 }
main { max-width: 640px; margin: 12vh auto; padding: 0 24px }
.hint { color: #57534e; padding: 24px }`;

const previewBody = '<p class="hint">Your page</p>';
const demoBody = `<header><strong>Northwind Tea</strong><nav>Shop · Delivery · About</nav></header>
<main><h1>Any page of yours</h1>
<p>This page stands for your own site. The round button in the corner is the widget: ask it how to install Parlance,
how an answer is checked, or for a person.</p></main>`;

/** A page with nothing of ours on it but the embed code. */
function page(title: string, body: string, widgetId: string, isOpen: boolean): string {
  const id = widgetId.replace(/[^\w-]/g, "");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/page.css">
</head><body>${body}
<script src="/widget.js" data-widget="${id}"${isOpen ? " data-open" : ""} async></script></body></html>`;
}
