import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What a path of the site answers with. A string is a page's HTML. */
export type Answer =
  | string
  | { status?: number; type?: string; headers?: Record<string, string>; body?: string | Uint8Array }
  | ((request: IncomingMessage, response: ServerResponse) => void);

export interface WebSite {
  /** Without a slash at its end. */
  url: string;
  /** `host:port`, for `OUTBOUND_ALLOWED_HOSTS`. */
  host: string;
  /** By path with its query. What is not there is a 404. */
  pages: Map<string, Answer>;
  /** The paths that were asked for, in order. */
  hits: string[];
  /** The most requests that were open at once. */
  most: number;
  /** Every path answers with this while it is set. */
  down: Answer | null;
  close(): Promise<void>;
}

/** Somebody's web site on a free port, with nothing on it but what a test puts there. */
export async function startWebSite(pages: Record<string, Answer> = {}): Promise<WebSite> {
  let open = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    site.hits.push(path);
    site.most = Math.max(site.most, ++open);
    response.once("close", () => open--);
    const answer = site.down ?? site.pages.get(path) ?? { status: 404, body: "There is no such page." };
    if (typeof answer === "function") return answer(request, response);
    const {
      status = 200,
      type = "text/html; charset=utf-8",
      headers = {},
      body = "",
    } = typeof answer === "string" ? { body: answer } : answer;
    response.writeHead(status, { "content-type": type, ...headers }).end(body);
  });
  server.on("connection", (socket) => socket.on("error", () => {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The site has no port.");
  const host = `127.0.0.1:${address.port}`;
  const site: WebSite = {
    url: `http://${host}`,
    host,
    pages: new Map(Object.entries(pages)),
    hits: [],
    most: 0,
    down: null,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return site;
}

/** A page with a title, a sentence that no other page has, and links. */
export function sitePage(title: string, links: readonly string[] = [], head = ""): string {
  const list = links.map((link) => `<li><a href="${link}">${link}</a></li>`).join("");
  return `<!doctype html><html><head><title>${title}</title>${head}</head><body><nav><ul>${list}</ul></nav>
<main><h1>${title}</h1><p>The secret number of ${title} is ${[...title].reduce((sum, c) => sum + c.charCodeAt(0), 0)}.</p></main></body></html>`;
}
