import { createServer } from "node:http";
import { addressOf } from "./listen.ts";

/** Somebody's web site: pages by path, with nothing of ours on them but what a test puts there. */
export interface Site {
  url: string;
  /** What each path answers with; a path that is not there is a 404. */
  pages: Map<string, { type: string; body: string }>;
  close(): void;
}

export async function startSite(): Promise<Site> {
  const pages: Site["pages"] = new Map();
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? "/", "http://site").pathname);
    if (!page) {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such page.");
      return;
    }
    response.writeHead(200, { "content-type": `${page.type}; charset=utf-8` }).end(page.body);
  });
  const url = await addressOf(server);
  return { url, pages, close: () => server.close() };
}

/** A whole page around `body`. */
export function htmlPage(title: string, body: string, lang = "en"): { type: string; body: string } {
  const html = `<!doctype html><html lang="${lang}"><head><title>${title}</title></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
  return { type: "text/html", body: html };
}
